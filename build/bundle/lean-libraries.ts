import type { Plugin } from 'vite'

/** A replacement for a library's module in our bundles. */
interface Replacement {
  /** The module's name as libraries import it. */
  readonly module: string
  /** Replaces only imports in matching files; all imports when absent. */
  readonly importer?: RegExp
  readonly code: string
}

const replacements: readonly Replacement[] = [
  // conf, the library under electron-store, validates settings against a JSON schema with ajv, which is a seventh of
  // the program. We give it no schema: valibot has already validated the file (engine/storage/saved-state.ts).
  {
    module: 'ajv/dist/2020.js',
    code: `export class Ajv2020 {
      constructor() { throw new Error('This program is built without ajv: settings are checked by their own schema.') }
    }`,
  },
  { module: 'ajv-formats', code: 'export default undefined' },
  // Importing `node:process` as a module reads every property of `process`, which loads diagnostic reports and more at
  // each start.
  { module: 'node:process', code: 'export default process' },
  // conf's file library handles every signal, to remove half-written files before the process dies. The last handler
  // installed wins, so Electron would not shut down cleanly. What a kill leaves behind is removed at the next start
  // (settings-file.ts).
  { module: 'when-exit', code: 'export default () => () => undefined' },
  // conf can also migrate settings between versions, which we do not use. electron-updater keeps the real semver.
  { module: 'semver', importer: /\/node_modules\/conf\//, code: 'export default undefined' },
  // dbus-native parses introspection data with xml2js, a third of its size. We declare the interfaces that we call.
  {
    module: 'xml2js',
    code: `export class Parser {
      constructor() { throw new Error('This program is built without xml2js: no D-Bus object is asked what it can do.') }
    }`,
  },
]

const prefix = '\0lean:'

/**
 * Leaves out of our bundles the parts of libraries that we never use. Classes left out throw a clear error if they are
 * used after all. Unit tests run with the complete libraries, end-to-end tests with the bundles.
 */
export const leanLibraries = (): Plugin => ({
  name: 'lean-libraries',
  enforce: 'pre',
  resolveId: (source, importer = '') => {
    const from = importer.replaceAll('\\', '/')
    const found = replacements.some(
      ({ module, importer: by }) => module === source && (by === undefined || by.test(from)),
    )
    return found ? `${prefix}${source}` : undefined
  },
  load: (id) => replacements.find(({ module }) => id === `${prefix}${module}`)?.code,
})
