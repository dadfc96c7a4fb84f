/** The languages there are texts in, by their tag (RFC 5646), each as it calls itself; in the order they are offered. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  'pt-BR': 'Português (Brasil)',
  ar: 'العربية',
  ja: '日本語',
  'zh-CN': '简体中文',
} as const

export type Language = keyof typeof languages

/** What the page and the tray speak: the language of the texts, and how dates and numbers are written. */
export interface LanguageChoice {
  readonly language: Language
  /** The user's own variety of it where the system names one: `de-AT`, `en-GB`. A BCP 47 tag that `Intl` takes. */
  readonly locale: string
}

/**
 * The language to speak.
 * @param preferred what the user has chosen: a language's tag or `system`; one there are no texts in counts as `system`
 * @param system the user's languages as the system or browser tells them, the best first; unusable ones are passed over
 * @returns the first of the system's that there are texts in; English when there is none
 */
export const chooseLanguage = (preferred: string, system: readonly string[]): LanguageChoice => {
  const known = system.map(readLocale).filter((choice) => choice !== undefined)
  const language = tags.find((tag) => tag === preferred) ?? known[0]?.language ?? 'en'
  return withOneKindOfDigits(known.find((choice) => choice.language === language) ?? { language, locale: language })
}

/**
 * Names of forums, titles and addresses have the digits that their writers typed, almost always 0 to 9; beside the digits of
 * Arabic script, which some varieties have by default, a line would hold two kinds.
 */
const withOneKindOfDigits = ({ language, locale }: LanguageChoice): LanguageChoice =>
  isRightToLeft(language)
    ? { language, locale: new Intl.Locale(locale, { numberingSystem: 'latn' }).toString() }
    : { language, locale }

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: Language): boolean => language === 'ar'

const tags = Object.keys(languages).filter((tag): tag is Language => tag in languages)

/** What a tag such as `pt-PT` or `zh-Hans-SG` asks for; who reads traditional characters is not given simplified ones. */
const readLocale = (tag: string): LanguageChoice | undefined => {
  try {
    const locale = new Intl.Locale(tag)
    const { language, script } = locale.maximize()
    const found = tags.find((own) => {
      const wanted = new Intl.Locale(own).maximize()
      return wanted.language === language && wanted.script === script
    })
    return found && { language: found, locale: locale.baseName }
  } catch {
    return undefined
  }
}
