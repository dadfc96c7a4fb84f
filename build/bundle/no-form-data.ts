// In place of undici's fetch bodies in our bundles: they are for sending forms with files. We send text.

/** What undici calls for such a body. */
export const extractBody = (): never => {
  throw new Error('This program is built without form data: requests carry text.')
}
