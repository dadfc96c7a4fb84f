import type { Random } from '../../engine/ports/random.ts'

/** Randomness that comes out the same for the same seed (the generator known as mulberry32). */
export const seededRandom = (seed: number): Random => {
  let state = seed
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    fraction,
    hex: (bytes) => Array.from({ length: 2 * bytes }, () => Math.floor(16 * fraction()).toString(16)).join(''),
  }
}
