import i18next, { type TFunction } from 'i18next'
import type { Failure } from './failure.ts'
import en from './locales/en.json' with { type: 'json' }

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

/** Looks up user-visible text; keys and their existence are checked by the compiler. */
export type Translate = TFunction

/** A translator of its own, so that the engine, a page and a test never share state. English until more are complete. */
export const createTranslate = (): Translate => {
  const instance = i18next.createInstance()
  // React escapes what it renders; notifications and the command line show plain text.
  const ready = { lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } }
  // With resources at hand and initAsync off, `init` has finished when it returns; its promise says nothing more.
  void instance.init({ ...ready, initAsync: false })
  return instance.t
}

/** The sentence for a failure: what happened, and what to do. */
export const failureSentence = (t: Translate, failure: Failure): string =>
  t(`failure.${failure.code}`, { ...failure.params })
