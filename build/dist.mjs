// `npm run dist`: packages for the system that it runs on. `--dir` stops at the unpacked program; `--flavour test` leaves on
// the one fuse that Playwright needs; `--target deb` (several are possible) makes that instead of the default packages.
// Where Electron's runtime cannot be had, `--dir` does everything that needs none, and says what is left undone.
import * as path from 'node:path'
import { build, Platform } from 'electron-builder'
import { checkPackage } from './package/check-package.mjs'
import { installElectronRuntime } from './package/electron-runtime.mjs'
import { executableName, packageConfig } from './package/package-config.mjs'
import { writePackageParts } from './package/package-parts.mjs'
import { stagePackage } from './package/stage-package.mjs'
import { readOptions } from './read-options.mjs'

// A secret that a repository does not have reaches a job as an empty text, which would be taken for the name of a file.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]

const root = path.join(import.meta.dirname, '..')
const values = readOptions(
  `Usage: npm run dist [-- OPTIONS]

Makes packages for the system that it runs on, in dist/packages. docs/packaging.md says what signs them.

  --dir              the unpacked program alone
  --target NAME      this instead of the default packages; may be repeated
                     (deb, rpm, AppImage, dmg, zip, nsis, appx)
  --flavour test     leaves on the one fuse that Playwright needs (default release)`,
  {
    dir: { type: 'boolean', default: false },
    flavour: { type: 'string', default: 'release' },
    target: { type: 'string', multiple: true, default: [] },
  },
)
const flavour = values.flavour === 'test' ? 'test' : 'release'
// GitHub's own variable; elsewhere the package is made without a place to look for updates.
const repository = process.env['GITHUB_REPOSITORY'] || undefined

/** @returns {Promise<readonly string[]>} what is wrong with what was made */
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

/** @returns {Promise<readonly string[]>} what is wrong with what was made */
const pack = async () => {
  const { version } = writePackageParts(root, repository)
  const config = packageConfig({ platform: process.platform, flavour, repository, env: process.env })
  const targets = Platform.current().createTarget(values.dir ? 'dir' : values.target)
  /** @type {string[]} */
  const problems = []
  await build({
    projectDir: root,
    targets,
    publish: 'never',
    config: {
      ...config,
      // Signing is over by now: what is looked at here is what is shipped.
      afterSign: async ({ appOutDir, electronPlatformName, packager }) => {
        const name = packager.appInfo.productFilename
        const isMac = electronPlatformName === 'darwin'
        const file = isMac ? `${name}.app` : electronPlatformName === 'win32' ? `${name}.exe` : executableName
        const program = path.join(appOutDir, file)
        const resources = isMac ? path.join(program, 'Contents', 'Resources') : path.join(appOutDir, 'resources')
        problems.push(...(await checkPackage({ resources, program, flavour, version })))
      },
    },
  })
  return problems
}

const problems = installElectronRuntime() === undefined ? await stage() : await pack()
for (const problem of problems) console.error(problem)
// Not `process.exitCode`, which electron-builder's own hook at the end of a process undoes.
process.exit(problems.length === 0 ? 0 : 1)
