import { type ReactNode, use, useDeferredValue, useLayoutEffect, useSyncExternalStore } from 'react'
import type { Translate } from '../../common/i18n/i18n.ts'
import { chooseLanguage, isRightToLeft, type LanguageChoice, latinDigits } from '../../common/i18n/languages.ts'
import { loadTranslate } from '../../common/i18n/load-translate.ts'
import { type Services, ServicesContext } from './services.ts'

interface LanguageProviderProps {
  readonly services: Omit<Services, 't'>
  /** The user's languages as the browser tells them, the best first. */
  readonly system: readonly string[]
  readonly children: ReactNode
}

/**
 * Gives the page its texts, in the language of the settings or else the browser's, and tells the document so. Until the
 * texts of another language are there the page stays as it is; there is none before those of its first language.
 */
export const LanguageProvider = ({ services, system, children }: LanguageProviderProps) => {
  const { host } = services
  const preferred = useSyncExternalStore(
    host.subscribe,
    () => host.getState().snapshot?.preferences.appearance.language ?? 'system',
  )
  const { choice, translate } = textsFor(chooseLanguage(useDeferredValue(preferred), system))
  const t = use(translate)
  useLayoutEffect(() => {
    document.documentElement.lang = choice.locale.replace(latinDigits, '')
    document.documentElement.dir = isRightToLeft(choice.language) ? 'rtl' : 'ltr'
  }, [choice])
  return <ServicesContext value={{ ...services, t }}>{children}</ServicesContext>
}

/** Fetches the texts that the page most likely needs. */
export const preloadTexts = (system: readonly string[]): Promise<Translate> =>
  textsFor(chooseLanguage('system', system)).translate

interface LoadedTexts {
  readonly choice: LanguageChoice
  readonly translate: Promise<Translate>
}

const loaded = new Map<string, LoadedTexts>()

/** By locale: React has to be given the same promise each time, and a component the same function. */
const textsFor = (choice: LanguageChoice): LoadedTexts => {
  const texts = loaded.get(choice.locale) ?? { choice, translate: loadTranslate(choice) }
  loaded.set(choice.locale, texts)
  return texts
}
