import { describe, expect, it } from 'vitest'
import { createTranslate, failureSentence } from '../i18n/i18n.ts'
import en from '../i18n/locales/en.json' with { type: 'json' }
import { failureCodes } from './failure.ts'

const t = createTranslate()

describe('the sentence of a failure', () => {
  it('exists for every code, and for nothing else', () => {
    expect(Object.keys(en.failure).toSorted()).toEqual([...failureCodes].toSorted())
  })

  it.each(failureCodes)('%s ends like a sentence and blames nobody', (code) => {
    const sentence = failureSentence(t, { code })
    expect(sentence).toMatch(/^[A-Z{“].*\.$/s)
    expect(sentence).not.toMatch(/!|oops|sorry|please/i)
  })

  it('takes its parameters as plain text', () => {
    const failure = { code: 'not_discourse', params: { host: '<b>example.org' } } as const
    expect(failureSentence(t, failure)).toMatch(/^<b>example\.org answered/)
  })
})
