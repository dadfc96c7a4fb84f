import type { Plugin } from 'vite'

/** A module that our bundles have instead of a library's own. */
interface Replacement {
  /** As a library imports it. */
  readonly module: string
  /** In whose files alone; everybody's when absent. */
  readonly importer?: RegExp
  readonly code: string
}

const replacements: readonly Replacement[] = [
  // conf, the library under electron-store, checks settings against a JSON schema with ajv, a seventh of the program. We give it
  // no schema: valibot has read the file before (engine/storage/saved-state.ts).
  {
    module: 'ajv/dist/2020.js',
    code: `export class Ajv2020 {
      constructor() { throw new Error('This program is built without ajv: settings are checked by their own schema.') }
    }`,
  },
  { module: 'ajv-formats', code: 'export default undefined' },
  // As a module, Node's process is asked for everything it has, and loads reports and more for that, at each start.
  { module: 'node:process', code: 'export default process' },
  // conf's library for files takes every signal, to remove what is half written before the process dies of it. The last to take
  // a signal has it, so Electron would not end in order. What a kill leaves is removed at the next start (settings-file.ts).
  { module: 'when-exit', code: 'export default () => () => undefined' },
  // conf also migrates settings between versions, which we never ask of it. electron-updater keeps the real semver.
  { module: 'semver', importer: /\/node_modules\/conf\//, code: 'export default undefined' },
  // dbus-native reads with xml2js, a third of itself, what objects say that they can do. We name what we call.
  {
    module: 'xml2js',
    code: `export class Parser {
      constructor() { throw new Error('This program is built without xml2js: no D-Bus object is asked what it can do.') }
    }`,
  },
]

const prefix = '\0lean:'

/**
 * Leaves out of our bundles what libraries bring and we never ask of them. What is left out says so when it is asked all the
 * same. Unit tests run on the whole libraries, end-to-end tests on the bundles.
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
