import type { Translate } from '../../common/i18n/i18n.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { chooseLanguage } from '../../common/i18n/languages.ts'
import { loadTranslate } from '../../common/i18n/load-translate.ts'

/** What alerts, tray and command line speak; the user may change it while the program runs. */
export interface Language {
  /** Always in the present language; English until `follow` was called. */
  readonly t: Translate
  /** Speaks what the user prefers (`appearance.language`) from the moment the promise resolves; it never rejects. */
  follow(preferred: string): Promise<void>
}

/**
 * Begins in English, for texts are read from files and nothing may wait for them before Electron is ready.
 * @param system the user's languages as the system tells them, the best first; asked each time
 */
export const createLanguage = (system: () => readonly string[]): Language => {
  let present = createTranslate()
  let latest = ''
  return {
    // Whoever holds it need not know that the language may change.
    t: new Proxy(present, {
      apply: (_, self, args) => Reflect.apply(present, self, args),
      get: (_, name) => Reflect.get(present, name),
    }),
    follow: async (preferred) => {
      const choice = chooseLanguage(preferred, system())
      latest = choice.locale
      const loaded = choice.locale === present.locale ? present : await loadTranslate(choice)
      // Of two wishes in quick succession the later one holds, whichever file was read first.
      if (latest === choice.locale) present = loaded
    },
  }
}
