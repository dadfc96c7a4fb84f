import { isDeepStrictEqual } from 'node:util'

/** The forum does not behave as the protocol says. */
class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Mismatch(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)
  }
}

export function assert(condition: boolean, what: string): void {
  if (!condition) throw new Mismatch(what)
}

export function matches(actual: unknown, pattern: RegExp, what: string): void {
  if (typeof actual !== 'string' || !pattern.test(actual)) {
    throw new Mismatch(`${what}: expected ${pattern}, got ${JSON.stringify(actual)}`)
  }
}
