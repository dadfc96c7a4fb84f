import type { Failure } from '../contract/failure.ts'
import { isRightToLeft, type Language, type LanguageChoice, latinDigits } from './languages.ts'
import en from './locales/en.json' with { type: 'json' }

/** The plural forms of CLDR (unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules), and `zero` for none. */
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'

type WithoutForm<Key extends string> = Key extends `${infer Stem}_${PluralForm}` ? Stem : Key

type KeysIn<Texts, Path extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? `${Path}${WithoutForm<Key>}`
    : KeysIn<Texts[Key], `${Path}${Key}.`>
}[keyof Texts & string]

/** The name of a text in `locales/en.json`: its path, without the plural form. */
export type TextKey = KeysIn<typeof en>

/** The values of a text's placeholders, by name. */
export type TextValues = Readonly<Record<string, string | number | undefined>>

/** Looks up a text that users see; the compiler checks that it exists. `count` chooses its plural form. */
export interface Translate {
  (key: TextKey, values?: TextValues): string
  /** How dates and numbers are written beside these texts (a BCP 47 tag). */
  readonly locale: string
  /** A whole number on its own, as these texts have it. One format writes all; `toLocaleString` looks for one each time. */
  readonly number: (value: number) => string
}

/** The texts of one language, in the shape of `locales/en.json`; other languages have other plural forms. */
export type Texts = object

/** English texts that are loaded after the others; see `later-texts.ts`. */
let later: Texts = {}

/** From now on these stand in for what is missing as well. */
export const addEnglishTexts = (texts: Texts): void => {
  later = texts
}

const english: LanguageChoice = { language: 'en', locale: 'en' }

/**
 * Makes a translator. Missing texts fall back to English. Numbers are formatted for the locale, so a number that is not
 * a quantity, such as a port, is passed as text. Nothing is escaped: React does that, and everything else is plain
 * text.
 */
export const createTranslate = ({ language, locale }: LanguageChoice = english, texts: Texts = en): Translate => {
  const inRightToLeft = isRightToLeft(language)
  const { placeholders, before: wordBefore } = joints[language] ?? plainJoint
  const plurals = createPlurals(locale)
  const englishPlurals = createPlurals('en')
  // The first format in a process takes 20 ms, as long as a short command: small numbers do without.
  let numbers: Intl.NumberFormat | undefined
  const hasLatinDigits = !inRightToLeft || locale.endsWith(latinDigits)
  const numberText = (value: number): string => {
    if (hasLatinDigits && value >= 0 && value < 1000 && Number.isInteger(value)) return String(value)
    numbers ??= new Intl.NumberFormat(locale)
    return numbers.format(value)
  }
  const translate = (key: TextKey, values: TextValues = {}): string => {
    const count = values['count']
    const text =
      textAt(texts, key, plurals, count) ??
      textAt(en, key, englishPlurals, count) ??
      textAt(later, key, englishPlurals, count) ??
      key
    return text.replaceAll(placeholders, (placeholder, before: string, name: string, after: string) => {
      const value = values[name]
      if (value === undefined) return placeholder
      const words = typeof value === 'number' ? numberText(value) : isolated(value, inRightToLeft)
      return `${before === '' ? '' : wordBefore(before, words)}${words}${endsWide.test(words) ? '' : after}`
    })
  }
  return Object.assign(translate, { locale, number: numberText })
}

/** The plural form of a count, such as `few`. */
type Plurals = (count: number) => Intl.LDMLPluralRule

/** Its rules are created when a count is first written: they take 3 MB, which a notifier in the background can save. */
const createPlurals = (locale: string): Plurals => {
  let rules: Intl.PluralRules | undefined
  return (count) => {
    rules ??= new Intl.PluralRules(locale)
    return rules.select(count)
  }
}

/** The text with a name, in the plural form for a count; undefined if there is none. */
const textAt = (texts: Texts, key: string, plurals: Plurals, count: unknown): string | undefined => {
  const path = key.split('.')
  const name = path.pop() ?? ''
  let section: unknown = texts
  for (const step of path) section = fieldOf(section, step)
  const forms = typeof count === 'number' ? [...(count === 0 ? ['_zero'] : []), `_${plurals(count)}`, '_other'] : []
  for (const form of [...forms, '']) {
    const text = fieldOf(section, name + form)
    if (typeof text === 'string') return text
  }
  return undefined
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

/** The sentence for a failure: what happened, and what to do. */
export const failureSentence = (t: Translate, failure: Failure): string =>
  t(`failure.${failure.code}`, { ...failure.params })

/**
 * Why a forum's numbers are old or a revocation waits, in as few words as a row has room for: the cause alone, without
 * the forum's name, which stands beside it, and without advice for somebody who is doing something at the moment.
 */
export const causeText = (t: Translate, failure: Failure): string => {
  const key = `cause.${failure.code}`
  // Not every failure is met there; the others have their whole sentence.
  const text = t(key as TextKey, { ...failure.params })
  return text === key ? failureSentence(t, failure) : text
}

/** What of a text depends on the value that is put in beside it. */
interface Joint {
  /** Finds a placeholder, with what may change before and after it. */
  readonly placeholders: RegExp
  /** What stands before a value, from what the text has there. */
  readonly before: (text: string, value: string) => string
}

const plainJoint: Joint = { placeholders: /()\{\{(\w+)\}\}()/g, before: (text) => text }

const beginsWide = /^[\u2e80-\u9fff\uff00-\uffef“”]/
const endsWide = /[\u2e80-\u9fff\uff00-\uffef“”]$/

/**
 * Languages that put a space between their own characters and Latin letters or digits, and none between two of their own:
 * one beside a value goes where the value begins or ends with such a character or mark.
 */
const wideJoint: Joint = {
  placeholders: /((?:(?<=[\u2e80-\u9fff]) )?)\{\{(\w+)\}\}((?: (?=[\u2e80-\u9fff]))?)/g,
  before: (text, value) => (beginsWide.test(value) ? '' : text),
}

const joints: Partial<Readonly<Record<Language, Joint>>> = {
  ja: wideJoint,
  'zh-CN': wideJoint,
  // “de” and “que” lose their vowel before another one.
  fr: {
    placeholders: /((?:\b(?:de|que) )?)\{\{(\w+)\}\}()/g,
    before: (text, value) => (/^[aeiouàâäæéèêëîïôöœùûü]/i.test(value) ? `${text.slice(0, -2)}’` : text),
  },
  // “y” is “e” before the same sound, but not before one that glides into another vowel.
  es: {
    placeholders: /((?:\by )?)\{\{(\w+)\}\}()/g,
    before: (text, value) => (/^h?[ií](?![aeouáéóú])/i.test(value) ? 'e ' : text),
  },
}

/** Letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * A value in a sentence of the other direction is isolated by Unicode's marks for that, or its punctuation and numbers
 * would end up in the wrong places (UAX #9, section 2.4.2). One that has such marks was made of a text of the same
 * language, whose own words run as the sentence does; what forums send has none (`unprintable`).
 */
const isolated = (value: string, inRightToLeft: boolean): string =>
  value !== '' && (inRightToLeft || rightToLeft.test(value)) && !value.includes('\u2068')
    ? `\u2068${value}\u2069`
    : value
