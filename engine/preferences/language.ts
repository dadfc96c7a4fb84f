import type { Translate } from '../../common/i18n/i18n.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { chooseLanguage } from '../../common/i18n/languages.ts'
import { loadTranslate } from '../../common/i18n/load-translate.ts'

/** The language of alerts, tray and command line, which the user may change while the program runs. */
export interface Language {
  /** Always in the present language; English until `follow` was called. */
  readonly t: Translate
  /**
   * Changes to the language that the user prefers (`appearance.language`); it applies once the promise resolves. Never
   * rejects.
   */
  follow(preferred: string): Promise<void>
}

/**
 * Begins in English, because texts are read from files, which nothing may wait for before Electron is ready.
 * @param system the user's languages according to the system, best first; read each time
 */
export const createLanguage = (system: () => readonly string[]): Language => {
  let present = createTranslate()
  let latest = ''
  return {
    // Holders of `t` need not know that the language may change.
    t: new Proxy(present, {
      apply: (_, self, args) => Reflect.apply(present, self, args),
      get: (_, name) => Reflect.get(present, name),
    }),
    follow: async (preferred) => {
      const choice = chooseLanguage(preferred, system())
      latest = choice.locale
      const loaded = choice.locale === present.locale ? present : await loadTranslate(choice)
      // Of two changes in quick succession the later one wins, whichever file was read first.
      if (latest === choice.locale) present = loaded
    },
  }
}
