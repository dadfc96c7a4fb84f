import { existsSync } from 'node:fs'
import * as path from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { fusesOf } from './fuses.mjs'

/**
 * Checks that a packed program has the files it needs and no others, and that its fuses are set.
 * @param {object} about
 * @param {string} about.resources the folder with `app.asar`
 * @param {string} about.program the executable, or the `.app`
 * @param {import('./fuses.mjs').Flavour} about.flavour
 * @param {string} about.version
 * @param {boolean} [about.mayLackFuses] an Electron older than the one that package.json names has fewer of them
 * @returns {Promise<readonly string[]>} the problems found
 */
export const checkPackage = async ({ resources, program, flavour, version, mayLackFuses = false }) => {
  const archive = path.join(resources, 'app.asar')
  if (!existsSync(archive)) return [`There is no ${archive}.`]
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  const { main, ...metadata } = JSON.parse(extractFile(archive, 'package.json').toString('utf8'))
  const wire = await getCurrentFuseWire(program)
  return [
    ...[`/${main}`, ...needed].filter((file) => !files.includes(file)).map((file) => `${file} is missing.`),
    ...files.filter((file) => !isExpected(file)).map((file) => `${file} does not belong into a package.`),
    ...(files.some((file) => file.endsWith('/keytar.node')) ? [] : ['keytar has no binary.']),
    ...(metadata.version === version ? [] : [`The version is ${metadata.version} instead of ${version}.`]),
    ...(metadata.devDependencies === undefined ? [] : ['package.json tells of tools.']),
    ...Object.entries(fusesOf(flavour)).flatMap(([fuse, isOn]) => {
      const name = Reflect.get(FuseV1Options, fuse)
      const state = Reflect.get(wire, fuse)
      if (name === undefined || state === (isOn ? FuseState.ENABLE : FuseState.DISABLE)) return []
      if (state === undefined && mayLackFuses) return []
      return [`The fuse ${name} is ${state === undefined ? 'missing' : 'wrong'}.`]
    }),
  ]
}

const needed = [
  '/dist/electron/main.js',
  '/dist/electron/keychain-child.js',
  '/dist/electron/preload.cjs',
  '/dist/headless/cli.js',
  '/dist/renderer/index.html',
  '/dist/icons/app/256x256.png',
  '/dist/icons/tray/idleTemplate@2x.png',
  '/dist/LICENSES.md',
  '/node_modules/keytar/lib/keytar.js',
]

/** Includes folders, which the archive lists as well. */
const expected = [
  /^\/(package\.json|dist|node_modules|dist\/LICENSES\.md)$/,
  /^\/dist\/electron(\/[\w-]+\.c?js)?$/,
  /^\/dist\/headless(\/[\w-]+\.js)?$/,
  // The welcome page shows the app icon.
  /^\/dist\/renderer(\/index\.html|\/assets(\/([\w-]+\.(js|css)|icon-[\w-]+\.svg))?)?$/,
  /^\/dist\/icons(\/app(\/256x256\.png)?|\/tray(\/[\w@-]+\.(png|ico))?)?$/,
  /^\/node_modules\/keytar(\/package\.json|\/LICENSE\.md|\/lib(\/[\w-]+\.js)?)?$/,
  /^\/node_modules\/keytar\/prebuilds(\/[a-z0-9-]+(\/keytar\.node)?)?$/,
]

/**
 * Whether a file or folder belongs in the archive.
 * @param {string} file with a leading slash
 */
export const isExpected = (file) => expected.some((pattern) => pattern.test(file))
