// In place of `xml2js` in our bundles: the D-Bus library brings it, a third of itself, for reading what objects say that they
// can do. We name what we call and never ask.

/** What the library would make if it asked. */
export class Parser {
  constructor() {
    throw new Error('This program is built without xml2js: no D-Bus object is asked what it can do.')
  }
}
