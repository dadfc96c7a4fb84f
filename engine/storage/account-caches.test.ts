import { describe, expect, it } from 'vitest'
import { notification } from '../../common/testing/samples.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { fc } from '../../test/rig/properties.ts'
import { emptyCache } from './account-cache.ts'
import { createAccountCaches } from './account-caches.ts'
import type { StateFiles } from './state-files.ts'

/** State files whose content is this text. */
const filesOf = (text: string): StateFiles => ({
  read: () => JSON.parse(text),
  write: () => undefined,
  remove: () => undefined,
  settled: async () => undefined,
  flush: async () => ({ ok: true, value: null }),
})

const read = (text: string) => createAccountCaches(createFakeClock(), filesOf(text)).read('a', 'https://meta.example')
const counts = { notifications: 1, messages: 0, chat: 0, reviewables: 0, total: 1 }
const cache = { ...emptyCache(), counts, items: [notification()], checkedAt: 5 }

/** Whether every number in it can be written as JSON. */
const areNumbersFinite = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(areNumbersFinite)

describe('the cache of an account', () => {
  it('is read back as it was written', () => {
    expect(read(JSON.stringify(cache))).toEqual(cache)
  })

  it('is reset, and no other with it, if a number or a text is out of range', () => {
    const text = JSON.stringify(cache)
    for (const damage of [
      text.replace('"notifications":1', '"notifications":1e400'),
      text.replace('"checkedAt":5', '"checkedAt":-1e999'),
      text.replace(/"createdAt":\d+/, '"createdAt":1e400'),
      text.replace('"topic":', '"topic":1e300,"was":'),
      text.replace('"actor":"mika"', `"actor":"${'x'.repeat(100_000)}"`),
    ]) {
      expect(damage).not.toBe(text)
      expect(read(damage)).toEqual(emptyCache())
    }
  })

  it('is bounded, whatever the file contains', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<string>('1e400', '-1e400').map((digits) => JSON.parse(digits)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(cache)), odd, (key, value) => {
        const text = JSON.stringify({ ...cache, [key]: value }, (_, inner) =>
          inner === Number.POSITIVE_INFINITY || inner === Number.NEGATIVE_INFINITY ? '∞' : inner,
        ).replaceAll('"∞"', '1e400')
        expect(areNumbersFinite(read(text))).toBe(true)
      }),
    )
  })
})

const hour = 60 * 60_000

it('new times of many accounts are not written just because one has new counts', () => {
  const clock = createFakeClock()
  const written: string[] = []
  const files = createMemoryFiles()
  const caches = createAccountCaches(clock, { ...files, write: (name) => void written.push(name) })
  const before = emptyCache()
  for (const id of ['a', 'b', 'c']) caches.changed(id, before, { ...before, checkedAt: clock.now() })
  caches.changed('d', before, { ...before, totalsMissingSince: 1 })
  clock.advance(2000)
  expect(written).toEqual(['account-d'])
  caches.changed('a', before, { ...before, checkedAt: clock.now() })
  clock.advance(hour - 2001)
  expect(written).toEqual(['account-d'])
  clock.advance(1)
  expect(written.toSorted()).toEqual(['account-a', 'account-b', 'account-c', 'account-d'])
  caches.changed('a', before, { ...before, checkedAt: clock.now() })
  caches.write()
  expect(written).toHaveLength(5)
  clock.advance(2 * hour)
  expect(written).toHaveLength(5)
})
