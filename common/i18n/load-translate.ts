import { createTranslate, type Texts, type Translate } from './i18n.ts'
import type { Language, LanguageChoice } from './languages.ts'
import en from './locales/en.json' with { type: 'json' }

/** Each language but English, which stands in for what is missing, is read when it is asked for. */
const load: Readonly<Record<Language, () => Promise<{ readonly default: Texts }>>> = {
  en: async () => ({ default: en }),
  de: () => import('./locales/de.json', { with: { type: 'json' } }),
  es: () => import('./locales/es.json', { with: { type: 'json' } }),
  fr: () => import('./locales/fr.json', { with: { type: 'json' } }),
  'pt-BR': () => import('./locales/pt-BR.json', { with: { type: 'json' } }),
  ar: () => import('./locales/ar.json', { with: { type: 'json' } }),
  ja: () => import('./locales/ja.json', { with: { type: 'json' } }),
  'zh-CN': () => import('./locales/zh-CN.json', { with: { type: 'json' } }),
}

/** The texts of a language; English ones when they cannot be read, which only a damaged installation brings about. */
export const loadTranslate = async (choice: LanguageChoice): Promise<Translate> => {
  try {
    return createTranslate(choice, (await load[choice.language]()).default)
  } catch {
    return createTranslate()
  }
}
