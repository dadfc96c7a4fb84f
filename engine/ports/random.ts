import { randomBytes } from 'node:crypto'

/** Randomness as the engine uses it; passed in, so that tests are repeatable. */
export interface Random {
  /** So many random bytes as lowercase hex; for identifiers and nonces. */
  hex(bytes: number): string
  /** A number from 0 up to, not including, 1; for jitter only. */
  fraction(): number
}

/** The operating system's randomness for identifiers; ordinary randomness for jitter. */
export const systemRandom: Random = {
  hex: (bytes) => randomBytes(bytes).toString('hex'),
  fraction: () => Math.random(),
}
