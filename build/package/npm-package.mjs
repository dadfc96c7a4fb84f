import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { collectLicenses, printed } from './package-parts.mjs'

/**
 * Writes and packs the headless notifier as a separate npm package: the bundles and the files they read, nothing to build,
 * and keytar as the only dependency, which is optional.
 * @param {object} about
 * @param {string} about.root of the project, with page, headless shell and icons built
 * @param {string} about.output the folder for the tarball; the unpacked package is in `npm` below it
 * @returns {{ tarball: string, size: number, unpackedSize: number, files: number }} sizes in bytes
 * @throws Error when `npm pack` fails
 */
export const writeNpmPackage = ({ root, output }) => {
  const folder = path.join(output, 'npm')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.join(folder, 'man'), { recursive: true })
  const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  // Side by side as in dist/, because the bundle locates the others relative to itself.
  for (const bundle of ['headless', 'renderer'])
    cpSync(path.join(root, 'dist', bundle), path.join(folder, bundle), {
      recursive: true,
      filter: (file) => !/(\.map|licenses\.json)$/.test(file),
    })
  const icon = path.join('icons', 'app', '256x256.png')
  cpSync(path.join(root, 'dist', icon), path.join(folder, icon))
  writeFileSync(path.join(folder, 'man', 'discourse-notifier.1'), printed(root, 'man'))
  writeFileSync(path.join(folder, 'LICENSES.md'), collectLicenses(root, ['renderer', 'headless']))
  writeFileSync(path.join(folder, 'README.md'), readme)
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'))
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest(about), null, 2)}\n`)
  return pack(folder, output)
}

/** @param {Readonly<Record<string, any>>} about package.json of the project */
const manifest = ({ name, version, license, type, engines, dependencies }) => ({
  name,
  version,
  description: 'Notifications from all your Discourse forums, without a desktop.',
  license,
  type,
  keywords: ['discourse', 'forum', 'notifications', 'status-bar', 'cli'],
  bin: { [name]: 'headless/cli.js' },
  man: ['man/discourse-notifier.1'],
  engines,
  optionalDependencies: { keytar: dependencies.keytar },
})

/**
 * @param {string} folder of the package
 * @param {string} output
 */
const pack = (folder, output) => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', output]
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm pack ended with ${status}: ${stderr}`)
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(stdout)
  return { tarball: path.join(output, filename), size, unpackedSize, files: entryCount }
}

const readme = `# Discourse Notifier, headless

The notifications of all your Discourse forums: in your terminal, in your status bar, and on a page in your browser.

    discourse-notifier serve        # runs the notifier and opens its page
    discourse-notifier add meta.discourse.org --wait
    discourse-notifier status
    discourse-notifier list --unread
    discourse-notifier help

It needs Node 20.19 or newer and nothing else. With the optional package keytar, keys are kept in your system's keychain; without
it, or without a keychain, they last until the notifier ends (\`serve --session-secrets\`).

On Linux, \`discourse-notifier install-service\` runs it as a service of your systemd.

MIT license; LICENSES.md has those of what is inside.
`
