import { describe, expect, it } from 'vitest'
import { truncateEnd, truncateMiddle } from './truncate.ts'

describe('a text that is too long for its place', () => {
  it('is left alone when it fits', () => {
    expect(truncateMiddle('Rust Users', 10)).toBe('Rust Users')
    expect(truncateEnd('Rust Users', 10)).toBe('Rust Users')
  })

  it('keeps its beginning and its end, or its beginning', () => {
    expect(truncateMiddle('Society of Gardeners (old.example)', 20)).toBe('Society of….example)')
    expect(truncateEnd('Society of Gardeners', 12)).toBe('Society of…')
  })

  it('is never cut inside what is read as one character', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(truncateMiddle(family.repeat(9), 5)).toBe(`${family.repeat(2)}…${family.repeat(2)}`)
    expect(truncateEnd(family.repeat(9), 3)).toBe(`${family.repeat(2)}…`)
    expect(truncateEnd('e\u0301'.repeat(9), 3)).toBe(`${'e\u0301'.repeat(2)}…`)
  })

  it('has no mark for its direction without the one that closes it', () => {
    expect(truncateMiddle(`\u2068${'a'.repeat(9)}\u2069 (\u2068${'b'.repeat(9)}\u2069)`, 9)).toBe('aaaa…bbb)')
  })
})
