import { describe, expect, it, vi } from 'vitest'
import { createTranslate } from './i18n.ts'
import { chooseLanguage, languages } from './languages.ts'
import ar from './locales/ar.json' with { type: 'json' }
import de from './locales/de.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

const english = createTranslate()
const german = createTranslate({ language: 'de', locale: 'de-AT' }, de)
const arabic = createTranslate({ language: 'ar', locale: 'ar' }, ar)

describe('a translator', () => {
  it('says what is missing in English, in the plural form of English', () => {
    const empty = createTranslate({ language: 'ar', locale: 'ar-EG' }, {})
    expect(empty('overview.refresh')).toBe(english('overview.refresh'))
    expect(empty('overview.forums', { count: 3 })).toBe(`${new Intl.NumberFormat('ar-EG').format(3)} forums`)
  })

  it('chooses the plural form by the language, and a form of its own for none', () => {
    expect(english('overview.forums', { count: 1 })).toBe('1 forum')
    expect(english('overview.forums', { count: 2 })).toBe('2 forums')
    expect(english('overview.new', { count: 0, forums: '' })).toBe('Nothing new')
    const forms = [1, 2, 3, 11].map((count) => arabic('overview.forums', { count }).replace(/[\d٠-٩]+/, ''))
    expect(new Set(forms).size).toBe(4)
  })

  it('writes small numbers as the locale does, though not by it', async () => {
    const regions = [
      '',
      '-AE',
      '-AT',
      '-BR',
      '-CA',
      '-CH',
      '-EG',
      '-GB',
      '-IN',
      '-MX',
      '-PT',
      '-SA',
      '-SG',
      '-US',
      '-ZA',
    ]
    const numbers = [0, 1, 9, 10, 99, 100, 999, 1000, 12_345, -1, 0.5]
    for (const tag of [...Object.keys(languages), 'zh-Hans']) {
      for (const region of regions) {
        const choice = chooseLanguage('system', [tag.replace(/-..$/, '') + region])
        const { number } = createTranslate(choice)
        const written = new Intl.NumberFormat(choice.locale)
        expect(numbers.map(number)).toEqual(numbers.map((value) => written.format(value)))
      }
    }
    const format = vi.spyOn(Intl, 'NumberFormat')
    expect(createTranslate({ language: 'ar', locale: 'ar-u-nu-latn' }).number(999)).toBe('999')
    expect(format).not.toHaveBeenCalled()
    format.mockRestore()
  })

  it('writes numbers as the locale does, and takes values as they are', () => {
    expect(german('overview.forums', { count: 12_345 })).toContain(new Intl.NumberFormat('de-AT').format(12_345))
    expect(english('units.named', { name: '<b>$&', what: '{{name}}' })).toBe('<b>$&: {{name}}')
  })

  it('keeps together what is written in the other direction', () => {
    expect(english('units.named', { name: 'منتدى', what: 'x' })).toBe('\u2068منتدى\u2069: x')
    expect(arabic('units.named', { name: 'Meta', what: '' })).toContain('\u2068Meta\u2069')
  })

  it('puts no space between two Chinese or Japanese characters, and one beside a Latin letter', () => {
    const japanese = createTranslate({ language: 'ja', locale: 'ja' }, ja)
    const chinese = createTranslate({ language: 'zh-CN', locale: 'zh-CN' }, zhCN)
    expect(japanese('overview.openForum', { title: 'Meta', username: '太郎' })).toBe('Meta の太郎の通知を開く')
    expect(japanese('overview.openForum', { title: '山田フォーラム', username: 'eve' })).toBe(
      '山田フォーラムの eve の通知を開く',
    )
    expect(japanese('overview.moved', { name: 'Meta', place: 2, total: 3 })).toContain(' 3 件中 2 番目')
    expect(japanese('alert.titleOf', { title: '山田フォーラム', username: 'eve' })).toBe('山田フォーラム · eve')
    expect(chinese('quiet.paused', { time: '明天 08:00' })).toContain('直到明天 08:00')
    expect(chinese('quiet.paused', { time: '15:00' })).toContain('直到 15:00')
    expect(chinese('notification.replied', { who: 'eve', what: '“Cats”' })).toBe('eve 在“Cats”中发表了回复')
  })

  it('isolates words of the page’s language only where they lack marks of their own', () => {
    const titled = arabic('notification.titled', { title: 'Release notes' })
    const sentence = arabic('notification.replied', { who: 'alice', what: titled })
    // The quotation marks belong to the sentence, and stand as its direction has them.
    expect(sentence).toContain('«\u2068Release notes\u2069»')
    expect(sentence).not.toContain('\u2068«')
    const chinese = createTranslate({ language: 'zh-CN', locale: 'zh-CN' }, zhCN)
    const what = chinese('notification.titled', { title: 'مرحبا' })
    expect(chinese('notification.replied', { who: 'eve', what })).toBe('eve 在“\u2068مرحبا\u2069”中发表了回复')
  })

  it('elides before a vowel in French, and before the sound of i in Spanish, but not before a number', () => {
    const french = createTranslate({ language: 'fr', locale: 'fr' }, fr)
    const spanish = createTranslate({ language: 'es', locale: 'es' }, es)
    expect(french('notification.somethingFrom', { who: 'alice' })).toBe('Du nouveau d’alice')
    expect(french('notification.somethingFrom', { who: 'Éric' })).toBe('Du nouveau d’Éric')
    expect(french('notification.somethingFrom', { who: 'tomas' })).toBe('Du nouveau de tomas')
    expect(french('overview.signInTo', { title: 'Meta', username: 'eve' })).toContain('en tant qu’eve')
    expect(french('failure.tls_expired', { host: 'example.org' })).toContain('l’administration d’example.org')
    expect(spanish('notification.andAnother', { actor: 'tomas', other: 'ines' })).toBe('tomas e ines')
    expect(spanish('notification.andAnother', { actor: 'tomas', other: 'Hilda' })).toBe('tomas e Hilda')
    expect(spanish('notification.andAnother', { actor: 'tomas', other: 'iago' })).toBe('tomas y iago')
    expect(spanish('notification.andAnother', { actor: 'tomas', other: 'hiedra' })).toBe('tomas y hiedra')
    expect(spanish('notification.andAnother', { actor: 'tomas', other: 'ana' })).toBe('tomas y ana')
  })

  it('leaves a placeholder where nothing is given for it', () => {
    expect(english('units.named', { name: 'Meta' })).toBe('Meta: {{what}}')
  })
})
