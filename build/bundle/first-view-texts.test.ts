import * as path from 'node:path'
import { expect, it } from 'vitest'
import { splitTexts, wordsLoadedWith } from './first-view-texts.ts'

const files: Readonly<Record<string, string>> = {
  'main.tsx': `
    import './first.tsx'
    import type { Shape } from './type-only.ts'
    import { thing } from 'a-package'
    const Lazy = async () => (await import('./lazy.tsx')).Lazy`,
  'first.tsx': `
    export * from './re-exported.ts'
    export const First = ({ t, code }) => <p title={t('home.open')}>{t(\`failure.\${code}\`)}</p>`,
  're-exported.ts': `export const key = 'home.more'`,
  'type-only.ts': `export const key = 'settings.typed'`,
  'lazy.tsx': `export const Lazy = ({ t }) => t('settings.title')`,
}

it('separates the texts of the first view from those of lazy components, including plural forms and template keys', () => {
  const words = wordsLoadedWith('/page/main.tsx', (file) => files[path.basename(file)] ?? '')
  const texts = {
    home: { open: 'Open', more_one: '{{count}} more', more_other: '{{count}} more', unused: 'Unused' },
    settings: { title: 'Settings', typed: 'Typed' },
    failure: { offline: 'Offline.' },
  }
  const { home, settings, failure } = texts
  const { unused, ...shown } = home
  expect(splitTexts(texts, words)).toEqual({ first: { home: shown, failure }, later: { home: { unused }, settings } })
})
