// In place of `ajv` and `ajv-formats` in our bundles: the library under electron-store brings them, a seventh of the program,
// for checking settings against a JSON schema. We give it none; valibot reads the file before (engine/storage/saved-state.ts).

/** What the library would make if it were given a schema. */
export class Ajv2020 {
  constructor() {
    throw new Error('This program is built without ajv: settings are checked by their own schema.')
  }
}

// biome-ignore lint/style/noDefaultExport: the library imports it so
export default undefined
