// `npm run dist`: makes packages for the current system. `--dir` stops at the unpacked program; `--flavour test` leaves
// on the one fuse that Playwright needs; `--target deb,rpm` makes these instead of the default packages. Without
// Electron's runtime, `--dir` does everything that does not need it, and says what is missing.
import { spawnSync } from 'node:child_process'
import * as path from 'node:path'
import { installElectronRuntime } from './package/electron-runtime.mjs'
import { makePackages } from './package/make-packages.mjs'
import { stagePackage } from './package/stage-package.mjs'
import { readOptions } from './read-options.mjs'

// A secret that the repository does not define reaches a job as an empty string, which would be taken for a file name.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]

const root = path.join(import.meta.dirname, '..')
const values = readOptions(
  `Usage: npm run dist [-- OPTIONS]

Makes packages for the system that it runs on, in dist/packages. docs/packaging.md says what signs them.

  --dir              the unpacked program alone
  --target NAME,…    these instead of the default packages
                     (deb, rpm, AppImage, dmg, zip, nsis, appx)
  --output DIR       where they go (default dist/packages)
  --uncompressed     a deb or rpm to try: compressing takes minutes
  --flavour test     leaves on the one fuse that Playwright needs (default release)`,
  {
    dir: { type: 'boolean', default: false },
    flavour: { type: 'string', default: 'release' },
    output: { type: 'string' },
    uncompressed: { type: 'boolean', default: false },
    target: { type: 'string', multiple: true, default: [] },
  },
)
const flavour = values.flavour === 'test' ? 'test' : 'release'
// GitHub's own variable; elsewhere the package is made without a place to look for updates.
const repository = process.env['GITHUB_REPOSITORY'] || undefined

/** @returns {Promise<readonly string[]>} the problems found in the result */
const stage = async () => {
  const output = path.join(root, 'dist', 'staged')
  const { folder, problems } = await stagePackage({ root, output, flavour, repository })
  console.log(`
Electron's runtime is not here and could not be downloaded, so this is no program yet.
Done:     bundles, icons, licences, metadata, electron-builder's configuration by its schema, the app's archive, the desktop
          file, and the fuses in a stand-in for the runtime: ${path.relative(root, folder)}
Not done: the program itself, its signature, and every installer (AppImage, deb, rpm, dmg, zip, nsis), for which
          electron-builder downloads Electron and tools. Run the same where github.com can be reached.`)
  return values.dir ? problems : [...problems, 'No package was made.']
}

/**
 * @param {string} program Electron's executable
 * @returns {Promise<readonly string[]>} the problems found in the result
 */
const pack = async (program) => {
  // Otherwise electron-builder downloads its own fpm; rpmbuild has to be installed in any case.
  if (spawnSync('fpm', ['--version']).status === 0) process.env['USE_SYSTEM_FPM'] = 'true'
  const { problems, isPinned } = await makePackages({
    ...{
      root,
      flavour,
      repository,
      output: path.resolve(values.output ?? path.join(root, 'dist', 'packages')),
      env: process.env,
    },
    isUncompressed: values.uncompressed,
    targets: values.dir ? ['dir'] : values.target.flatMap((names) => names.split(',')),
    // On other systems Electron's files are not laid out as electron-builder expects, or are for one processor only.
    runtime: process.platform === 'linux' ? path.dirname(program) : undefined,
  })
  if (!isPinned)
    console.log('Packed around another Electron than package.json names: to try packages with, not for users.')
  return problems
}

const program = installElectronRuntime()
const problems = program === undefined ? await stage() : await pack(program)
for (const problem of problems) console.error(problem)
// Not `process.exitCode`: electron-builder's own exit hook overwrites it.
process.exit(problems.length === 0 ? 0 : 1)
