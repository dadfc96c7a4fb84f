/** The languages that have texts, by tag (RFC 5646), each with its own name for itself, in the order they are offered. */
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

/** The language of the page and the tray: that of the texts, and how dates and numbers are written. */
export interface LanguageChoice {
  readonly language: Language
  /** The user's own variety of it, if the system names one: `de-AT`, `en-GB`. A BCP 47 tag that `Intl` takes. */
  readonly locale: string
}

/**
 * The language to speak.
 * @param preferred what the user has chosen: a language's tag or `system`; one without texts counts as `system`
 * @param system the user's languages as the system or browser tells them, the best first; unusable ones are passed over
 * @returns the first of the system's that there are texts in; English when there is none
 */
export const chooseLanguage = (preferred: string, system: readonly string[]): LanguageChoice => {
  const known = system.map(readLocale).filter((choice) => choice !== undefined)
  const language = tags.find((tag) => tag === preferred) ?? known[0]?.language ?? 'en'
  return withOneKindOfDigits(known.find((choice) => choice.language === language) ?? { language, locale: language })
}

/** What a locale ends with whose numbers have the digits 0 to 9 (RFC 6067, the key `nu`). */
export const latinDigits = '-u-nu-latn'

/**
 * Forum names, titles and addresses keep the digits that their authors typed, almost always 0 to 9. With the Arabic
 * digits that some varieties use by default, a line would contain two kinds.
 */
const withOneKindOfDigits = ({ language, locale }: LanguageChoice): LanguageChoice =>
  isRightToLeft(language) ? { language, locale: locale + latinDigits } : { language, locale }

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: Language): boolean => language === 'ar'

const tags = Object.keys(languages).filter((tag): tag is Language => tag in languages)

/** What a tag such as `pt-PT` or `zh-Hans-SG` asks for; readers of traditional characters do not get simplified ones. */
const readLocale = (tag: string): LanguageChoice | undefined => {
  // Most tags name a language, and perhaps a region; what `Intl` takes 5 ms for when a page opens.
  const plain = /^([a-z]{2})(?:-[A-Z]{2})?$/.exec(tag)?.[1]
  const known = plain === 'pt' ? 'pt-BR' : tags.find((own) => own === plain)
  if (known !== undefined) return { language: known, locale: tag }
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
