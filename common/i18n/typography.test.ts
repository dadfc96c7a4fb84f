import { describe, expect, it } from 'vitest'
import type { Language } from './languages.ts'
import ar from './locales/ar.json' with { type: 'json' }
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import ptBR from './locales/pt-BR.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

// How texts are written: with the punctuation, quotation marks and spaces of their language (CLDR: exemplar and
// delimiter characters), and with what is not language, such as commands, as English has it.

const locales: Readonly<Record<Language, object>> = { ar, de, en, es, fr, ja, 'pt-BR': ptBR, 'zh-CN': zhCN }

type Entry = readonly [key: string, text: string]

const entries = (texts: object, prefix = ''): readonly Entry[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entries(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(value)] as const],
  )
const english = new Map(entries(en))

/** What stands between the words of a list, and a question that its answer follows, begin or end with a space. */
const mayEndWithSpace = (key: string): boolean => key.startsWith('units.') || key === 'cli.confirmRevoke'

/** A sign in the place of what is put in, of addresses and of commands, whose punctuation is not of the language. */
const withoutAddresses = (text: string): string =>
  text.replaceAll(/https?:\/\/[^\s\u202f]*|discourse:(\/\/\w+)?|\{\{.*?\}\}|`[^`]*`/g, '◌')

const han = '\\u3040-\\u30ff\\u3400-\\u9fff'
const eastAsian = {
  // One that is put in takes it away where it begins or ends with such a character (i18n.ts).
  'a value without a space': new RegExp(`[${han}]◌|◌[${han}]`),
  'a punctuation mark of half width': new RegExp(`[${han}][,.;:!?()]|[,;!?(][${han}]`),
  'a space beside a character or a mark of full width': new RegExp(`[${han}] [${han}]| [、。，；：！？（）「」]`),
  'a Latin word or number without a space': new RegExp(`[${han}][A-Za-z0-9]|[A-Za-z0-9][${han}]`),
}

/** What is wrong in a language, by what it is called in a report. */
const wrong: Readonly<Record<Language, Readonly<Record<string, RegExp>>>> = {
  en: { 'a foreign quotation mark': /[«»„「」]/ },
  de: {
    'a foreign quotation mark': /[«»”]|(?<!„[^“]*)“/,
    'an ellipsis that may stand at the beginning of a line': /[^\u00a0]…/,
  },
  es: {
    'a foreign quotation mark': /[“”„「」]/,
    'a question or exclamation without its first mark': /^[^¿]*[^ ]\?|^[^¡]*!/,
  },
  fr: {
    'a foreign quotation mark': /[“”„]/,
    'a mark without a narrow space that does not break': /[^\u202f][;:!?»]|«[^\u202f]/,
  },
  'pt-BR': { 'a foreign quotation mark': /[«»„]/ },
  ar: {
    'a foreign quotation mark': /[“”„]/,
    'a Latin punctuation mark': /\p{Script=Arabic}[,;?]/u,
    'digits of another kind than names and addresses have': /[٠-٩۰-۹]/,
    // Their marks would end up on the other side.
    'a mention without marks that keep it together': /(?<![\u2066\w])@(?=\{\{)/,
    'an option or scheme without a left-to-right mark':
      /(?:discourse:|https:\/\/)(?![/\w\u200e])|(?<![`\w\u200e-]|`discourse-notifier )--/,
  },
  ja: { ...eastAsian, 'a foreign quotation mark': /[“”«»„]/ },
  'zh-CN': { ...eastAsian, 'a foreign quotation mark': /[「」«»„]/ },
}

/** How a text ends, in the marks of English. */
const endOf = (text: string): string => {
  const last = text.trim().at(-1) ?? ''
  return { '。': '.', '？': '?', '؟': '?', '：': ':' }[last] ?? (/[.?:…]/.test(last) ? last : '')
}

describe.each(Object.entries(locales))('in %s', (language, texts) => {
  const own = entries(texts)

  it('no text has doubled spaces, or one at an end', () => {
    expect(own.filter(([key, text]) => / {2}/.test(text) || (!mayEndWithSpace(key) && text !== text.trim()))).toEqual(
      [],
    )
  })

  it('nothing is written with typewriter marks', () => {
    expect(own.filter(([, text]) => /["']|\.\.\./.test(text))).toEqual([])
  })

  it.each(Object.entries(wrong[language as Language]))('there is not %s', (_what, mark) => {
    const isAboutAddresses = /https:|\{/.test(mark.source)
    expect(own.filter(([, text]) => mark.test(isAboutAddresses ? text : withoutAddresses(text)))).toEqual([])
  })

  it('what is to be typed is marked only where it is shown as such: in failures, and on the page before it is logged in', () => {
    expect(own.filter(([key, text]) => text.includes('`') && !/^(failure|page)\./.test(key))).toEqual([])
  })

  it('commands, options and addresses are those of English', () => {
    const verbatim = (text: string) =>
      [...(text.match(/`[^`]*`|--[a-z-]+|discourse:\/\/\w+|[A-Z]+_[A-Z]+/g) ?? [])].toSorted()
    expect(
      own.filter(([key, text]) => {
        const wanted = english.get(key)
        return wanted !== undefined && `${verbatim(text)}` !== `${verbatim(wanted)}`
      }),
    ).toEqual([])
  })

  it('a sentence ends as the English one does', () => {
    const others = own.filter(([key, text]) => {
      const wanted = english.get(key) ?? english.get(key.replace(/_[a-z]+$/, '_other'))
      // A Japanese sentence that a list follows is a whole one.
      const isWhole = language === 'ja' && wanted?.endsWith(':') === true && text.endsWith('。')
      // Abbreviations have the dots of their language.
      const isUnit = key.startsWith('units.')
      return wanted !== undefined && endOf(text) !== endOf(wanted) && !isWhole && !isUnit
    })
    expect(others).toEqual([])
  })
})

/** French, Spanish and Portuguese have a form for millions, which differs from the plural in a “de” at most. */
it.each(['es', 'fr', 'pt-BR'] as const)('in %s millions are spoken of as other numbers are', (language) => {
  const texts = new Map(entries(locales[language]))
  const plain = (text: string) => text.replaceAll(/\bde (?=\p{L})/gu, '')
  const others = [...texts].filter(([key, text]) => {
    if (!key.endsWith('_many')) return false
    return plain(text) !== plain(texts.get(key.replace(/_many$/, '_other')) ?? '')
  })
  expect(others).toEqual([])
})
