import { describe, expect, it } from 'vitest'
import { createTranslate } from './i18n.ts'
import { chooseLanguage, languages } from './languages.ts'
import { loadTranslate } from './load-translate.ts'

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** All two letters, and with them every region of ISO 3166. */
const regions = letters.flatMap((one) => letters.map((other) => one + other))

describe('the language', () => {
  it.each([
    [['de-AT', 'en-US'], 'de', 'de-AT'],
    [['en-GB'], 'en', 'en-GB'],
    [['pt-PT'], 'pt-BR', 'pt-PT'],
    [['zh-Hans-SG'], 'zh-CN', 'zh-Hans-SG'],
    [['zh'], 'zh-CN', 'zh'],
    [['it-IT', 'fr'], 'fr', 'fr'],
    [['zh-TW', 'ja'], 'ja', 'ja'],
    [['zh-TW'], 'en', 'en'],
    [['C', '', 'not a tag', '*'], 'en', 'en'],
    [[], 'en', 'en'],
  ])('is, for %j, %s written as in %s', (system, language, locale) => {
    expect(chooseLanguage('system', system)).toEqual({ language, locale })
  })

  it('of a tag with a region is the one that Intl finds for it', () => {
    const scripts = new Map<string, string>()
    for (const own of Object.keys(languages)) {
      const { language, script } = new Intl.Locale(own).maximize()
      scripts.set(`${language} ${script}`, own)
    }
    for (const language of ['en', 'de', 'es', 'fr', 'pt', 'ar', 'ja', 'zh', 'it', 'az']) {
      for (const region of regions) {
        const tag = `${language}-${region}`
        const { language: found, script } = new Intl.Locale(tag).maximize()
        expect([tag, chooseLanguage('system', [tag]).language]).toEqual([
          tag,
          scripts.get(`${found} ${script}`) ?? 'en',
        ])
      }
    }
  })

  it('is the one that was chosen, in the variety of the system where it has one', () => {
    expect(chooseLanguage('ar', ['en-US'])).toEqual({ language: 'ar', locale: 'ar-u-nu-latn' })
    expect(chooseLanguage('en', ['de-DE', 'en-GB'])).toEqual({ language: 'en', locale: 'en-GB' })
  })

  it('of Arabic has one kind of digits, that of addresses and titles beside it', async () => {
    const choice = chooseLanguage('system', ['ar-EG'])
    const t = await loadTranslate(choice)
    expect(t('overview.notifications', { count: 12 })).toMatch(/12/)
    expect(t('failure.port_taken', { port: '8080' })).toMatch(/8080/)
    expect(new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium' }).format(0)).not.toMatch(/[٠-٩]/)
  })

  it('is the system’s where there are no texts in the one that was chosen', () => {
    expect(chooseLanguage('it', ['fr-CA'])).toEqual({ language: 'fr', locale: 'fr-CA' })
  })
})

describe('a text', () => {
  it('has the plural forms of its language', async () => {
    const t = await loadTranslate({ language: 'ar', locale: 'ar' })
    const forms = [1, 2, 3, 11, 100].map((count) => t('overview.notifications', { count }))
    expect(new Set(forms.map((form) => form.replaceAll(/\d/g, ''))).size).toBeGreaterThan(3)
    expect(forms.join(' ')).toMatch(/\p{Script=Arabic}/u)
  })

  it('has its numbers written as the locale writes them', async () => {
    const count = 12_345
    expect(createTranslate()('overview.notifications', { count })).toBe('12,345 notifications')
    const german = await loadTranslate({ language: 'de', locale: 'de-CH' })
    expect(german('overview.notifications', { count })).toMatch(/^12[’']345 /)
    const egyptian = await loadTranslate({ language: 'ar', locale: 'ar-EG' })
    expect(egyptian('overview.notifications', { count })).toContain('١٢٬٣٤٥')
  })

  it('keeps together what runs in the other direction', async () => {
    const t = await loadTranslate({ language: 'ar', locale: 'ar' })
    expect(t('failure.connection_lost', { host: 'meta.example' })).toContain('\u2068meta.example\u2069')
    const english = createTranslate()
    expect(english('notification.titled', { title: 'عنوان (1)' })).toBe('“\u2068عنوان (1)\u2069”')
    expect(english('notification.titled', { title: 'title (1)' })).toBe('“title (1)”')
  })
})
