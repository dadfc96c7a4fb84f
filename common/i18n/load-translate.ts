import { createTranslate, type Texts, type Translate } from './i18n.ts'
import type { Language, LanguageChoice } from './languages.ts'
import en from './locales/en.json' with { type: 'json' }

/** Every language is loaded on demand, except English, which is the fallback. */
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

/** The texts of a language; English ones if they cannot be read, which only happens in a damaged installation. */
export const loadTranslate = async (choice: LanguageChoice): Promise<Translate> => {
  try {
    return createTranslate(choice, (await load[choice.language]()).default)
  } catch {
    return createTranslate()
  }
}
