import { afterEach, describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { dateText, recallTimes } from '../../common/i18n/time-text.ts'
import { keepKnownTimes, recallKnownTimes } from './known-times.ts'

const now = new Date(2026, 10, 23, 12).getTime()

const storeOf = (stored: string | null = null, browser = 'Browser 1') => {
  let kept = stored
  const storage = {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  }
  return { storage, browser, read: () => kept }
}

describe('the times of a first screen', () => {
  // The first of this file: nothing has been written yet.
  it('stay as they were while there is no screen', () => {
    const store = storeOf('as before')
    keepKnownTimes(store)
    expect(store.read()).toBe('as before')
  })

  afterEach(() => recallTimes(new Map()))

  it('are those of the page before, in the same browser', () => {
    const store = storeOf()
    dateText(createTranslate({ language: 'en', locale: 'en-GH' }), now)
    keepKnownTimes(store)
    expect(JSON.parse(store.read() ?? '')).toMatchObject({
      browser: 'Browser 1',
      times: expect.arrayContaining([['en-GH date 2026-11-23', '23 Nov 2026']]),
    })
    expect(recallKnownTimes(store)).toBe(true)
    expect(recallKnownTimes({ ...store, browser: 'Browser 2' })).toBe(false)
  })

  it('are written by what was recalled', () => {
    const times = [['en-NA date 2026-11-23', 'as before']]
    expect(recallKnownTimes(storeOf(JSON.stringify({ browser: 'Browser 1', times })))).toBe(true)
    expect(dateText(createTranslate({ language: 'en', locale: 'en-NA' }), now)).toBe('as before')
  })

  it.each([
    'nonsense',
    'null',
    '{}',
    '{"browser":"Browser 1","times":{}}',
    '{"browser":"Browser 1","times":[["en date 2026-11-23"]]}',
    JSON.stringify({ browser: 'Browser 1', times: [['en-KE date 2026-11-23', 'x'.repeat(101)]] }),
    JSON.stringify({ browser: 'Browser 1', times: Array.from({ length: 201 }, (_, at) => [`en-KE ${at}`, '']) }),
  ])('are written anew where something else is stored: %s', (stored) => {
    expect(recallKnownTimes(storeOf(stored))).toBe(false)
    expect(dateText(createTranslate({ language: 'en', locale: 'en-KE' }), now)).toBe('23 Nov 2026')
  })

  it('are written anew where the browser stores nothing', () => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const store = { storage: { getItem: refuse, setItem: refuse }, browser: 'Browser 1' }
    expect(recallKnownTimes(store)).toBe(false)
    expect(() => keepKnownTimes(store)).not.toThrow()
  })
})
