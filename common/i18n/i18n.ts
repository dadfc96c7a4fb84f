import i18next, { type FormatterModule, type TFunction } from 'i18next'
import type { Failure } from '../contract/failure.ts'
import { isRightToLeft, type LanguageChoice } from './languages.ts'
import en from './locales/en.json' with { type: 'json' }

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

/** Looks up user-visible text; keys and their existence are checked by the compiler. */
export interface Translate extends TFunction {
  /** How dates and numbers are written beside these texts (a BCP 47 tag). */
  readonly locale: string
}

/** The texts of one language, in the shape of `locales/en.json`; other languages have other plural forms. */
export type Texts = object

const english: LanguageChoice = { language: 'en', locale: 'en' }

/**
 * A translator of its own, so that the engine, a page and a test never share state. What is missing is said in English.
 * Numbers are written as the locale writes them, so what is no quantity, such as a port, is given as text.
 */
export const createTranslate = ({ language, locale }: LanguageChoice = english, texts: Texts = en): Translate => {
  const instance = i18next.createInstance().use(valueFormatter({ language, locale }))
  // With resources at hand and initAsync off, `init` has finished when it returns; its promise says nothing more.
  void instance.init({
    lng: locale,
    fallbackLng: 'en',
    resources: { en: { translation: en }, [locale]: { translation: texts } },
    // React escapes what it renders; notifications and the command line show plain text.
    interpolation: { escapeValue: false, alwaysFormat: true },
    initAsync: false,
  })
  return Object.assign(instance.getFixedT(locale), { locale })
}

/** The sentence for a failure: what happened, and what to do. */
export const failureSentence = (t: Translate, failure: Failure): string =>
  t(`failure.${failure.code}`, { ...failure.params })

/** How i18next writes what a text is given. */
const valueFormatter = ({ language, locale }: LanguageChoice): FormatterModule => {
  const numbers = new Intl.NumberFormat(locale)
  const inRightToLeft = isRightToLeft(language)
  const nothing = (): void => undefined
  return {
    type: 'formatter',
    init: nothing,
    add: nothing,
    addCached: nothing,
    // What is missing is left to i18next, which leaves the placeholder where it stands.
    format: (value) => {
      if (typeof value === 'number') return numbers.format(value)
      return typeof value === 'string' ? isolated(value, inRightToLeft) : value
    },
  }
}

/** Letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * A value within a sentence of the other direction is kept together by the marks that Unicode has for it, or its
 * punctuation and numbers would end up in strange places (UAX #9, section 2.4.2).
 */
const isolated = (value: string, inRightToLeft: boolean): string =>
  value !== '' && (inRightToLeft || rightToLeft.test(value)) ? `\u2068${value}\u2069` : value
