import { expect, it } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const date = 'Wed, 25 Nov 2026 22:57:18 GMT'

it.each([
  ['30', 30],
  ['0.4', 1],
  ['999999999', 86_400],
  ['Wed, 25 Nov 2026 23:27:18 GMT', 1800],
  ['Wed, 25 Nov 2026 22:00:00 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['', undefined],
  ['soon', undefined],
  ['1e9', undefined],
])('Retry-After “%s” is a wait of %s seconds', (value, seconds) => {
  expect(retryAfterSeconds(new Map(Object.entries({ 'retry-after': value, date })))).toBe(seconds)
})

it('cannot read a date from a server that does not send its own time', () => {
  expect(retryAfterSeconds(new Map([['retry-after', date]]))).toBeUndefined()
})
