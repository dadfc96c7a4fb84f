import { describe, expect, it } from 'vitest'
import { languages } from './languages.ts'
import ar from './locales/ar.json' with { type: 'json' }
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import ptBR from './locales/pt-BR.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

// Every language says all that English says, in its own plural forms.

const translations = { ar, de, es, fr, ja, 'pt-BR': ptBR, 'zh-CN': zhCN }

interface Entry {
  readonly key: string
  readonly text: string
}

const entries = (texts: object, prefix = ''): readonly Entry[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) => {
    const key = `${prefix}${name}`
    if (typeof value === 'object' && value !== null) return entries(value, `${key}.`)
    return [{ key, text: typeof value === 'string' ? value : '' }]
  })

const english = entries(en)
const englishTexts = new Map(english.map(({ key, text }) => [key, text]))
/** Keys that have plural forms, without what tells these apart. */
const plurals = new Set(
  english.filter(({ key }) => key.endsWith('_other')).map(({ key }) => key.replace(/_other$/, '')),
)
const pluralBase = (key: string): string | undefined => {
  const base = key.replace(/_(zero|one|two|few|many|other)$/, '')
  return base !== key && plurals.has(base) ? base : undefined
}
const placeholders = (text: string): readonly string[] =>
  [...new Set(text.match(/\{\{[^}]*\}\}/g))].toSorted((a, b) => a.localeCompare(b))

/** The keys a language has to have. */
const keysIn = (language: string): readonly string[] => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const keys = english.flatMap(({ key }) => {
    const base = pluralBase(key)
    if (base === undefined) return [key]
    // A text of its own for nothing at all holds in every language.
    return key.endsWith('_zero') ? [key] : forms.map((form) => `${base}_${form}`)
  })
  return [...new Set(keys)].toSorted()
}

it('there are texts in every language that is offered', () => {
  expect(['en', ...Object.keys(translations)].toSorted()).toEqual(Object.keys(languages).toSorted())
})

describe.each(Object.entries(translations))('in %s', (language, texts) => {
  const translated = entries(texts)

  it('every text is there, and no other', () => {
    expect(translated.map(({ key }) => key).toSorted()).toEqual(keysIn(language))
  })

  it('no text is empty', () => {
    // Only what stands between the words of a list may be no word.
    expect(translated.filter(({ text }) => text.trim() === '')).toEqual([])
  })

  it('what is put into a text is what English puts there', () => {
    const others = translated.filter(({ key, text }) => {
      const base = pluralBase(key)
      const wanted = placeholders(englishTexts.get(key) ?? englishTexts.get(`${base}_other`) ?? '')
      const own = placeholders(text)
      // “One forum” need not say its number in figures.
      const mayLeaveOut = /_(zero|one|two)$/.test(key) && base !== undefined
      const missing = wanted.filter((name) => !own.includes(name) && !(mayLeaveOut && name === '{{count}}'))
      return missing.length > 0 || own.some((name) => !wanted.includes(name))
    })
    expect(others).toEqual([])
  })

  it('sentences were translated', () => {
    const same = translated.filter(
      ({ key, text }) => text === englishTexts.get(key) && /\p{L}+ \p{L}+ \p{L}+/u.test(text),
    )
    expect(same).toEqual([])
  })
})

describe.each(Object.entries({ en, ...translations }))('in %s', (_language, texts) => {
  const own = new Map(entries(texts).map(({ key, text }) => [key, text]))

  it('what a control is called holds what is written on it (WCAG 2.5.3)', () => {
    const hidden = [...own].filter(([key, name]) => {
      const written = own.get(key.replace(/Of$/, ''))
      return key.endsWith('Of') && written !== undefined && !name.toLowerCase().includes(written.toLowerCase())
    })
    expect(hidden).toEqual([])
  })

  it('a sentence that names what is written elsewhere has it as it is written there', () => {
    const named = [
      ['add.doneNext', 'access.title'],
      ['failure.notifications_unsupported', 'settings.alerts'],
      ['shortcuts.off', 'settings.title'],
      ['shortcuts.off', 'settings.general'],
    ] as const
    expect(named.filter(([key, label]) => !own.get(key)?.includes(own.get(label) ?? '-'))).toEqual([])
  })

  it('failures end like sentences and blame nobody', () => {
    const others = [...own].filter(([key, text]) => key.startsWith('failure.') && !/^[^!¡！]*[.。]$/s.test(text))
    expect(others).toEqual([])
  })
})
