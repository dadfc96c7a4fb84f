import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { cleanText, decodeServerHtml, decodeServerText } from './decode-server-text.ts'

describe('HTML from the forum', () => {
  it.each([
    ['Tom &amp; Jerry', 'Tom & Jerry'],
    ['&quot;a&quot; &#39;b&#39; &apos;c&apos;', "\"a\" 'b' 'c'"],
    ['&ldquo;a&rdquo; &lsquo;b&rsquo; c&hellip; d &ndash; e&mdash;f', '“a” ‘b’ c… d – e—f'],
    ['&frac12; of &frac34;&nbsp;and&#160;&frac14;', '½ of ¾ and ¼'],
    ['&#x1F600; &#128512;', '😀 😀'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
    ['&amp;lt;b&amp;gt; &amp;amp;', '&lt;b&gt; &amp;'],
    ['AT&T; R&D &; &#; &#x; &unknown; &copy', 'AT&T; R&D &; &#; &#x; &unknown; &copy'],
    ['&constructor; &toString;', '&constructor; &toString;'],
    ['&#0;&#x110000;&#xd800;x', '&#0;&#x110000;x'],
    ['a&#x202e;b&#10;c', 'ab c'],
  ])('%j reads %j', (html, text) => expect(decodeServerHtml(html)).toBe(text))
})

describe('emoji', () => {
  it.each([
    [':tada: :+1: :heart:', '🎉 👍 ❤️'],
    ['Old :slight_smile: and new :slightly_smiling_face:', 'Old 🙂 and new 🙂'],
    [':grinning::GRINNING_FACE:', '😀😀'],
    [':wave:t3: :wave:t1: :wave: :+1:t6:', '👋🏼 👋 👋 👍🏿'],
    [':point_up:t2:', '☝🏻'],
    [':de: :united_states: :jp:', '🇩🇪 🇺🇸 🇯🇵'],
    [':no_such_emoji: 10:30:45 a:b:c https://x:80', ':no_such_emoji: 10:30:45 a:b:c https://x:80'],
    [':constructor: :__proto__:', ':constructor: :__proto__:'],
    ['::tada:: :tada', ':🎉: :tada'],
    [':ta\u202eda:', '🎉'],
    ['&colon;tada: :&#116;ada:', '&colon;tada: :&#116;ada:'],
  ])('%j reads %j', (text, read) => expect(decodeServerText(text)).toBe(read))
})

describe('text from the forum', () => {
  it('is not HTML', () => expect(decodeServerText('a &amp; <b>')).toBe('a &amp; <b>'))

  it.each([
    ['a\u001b[31mred\u001b[0m b', 'ared b'],
    ['a\u001b]0;title\u0007b', 'ab'],
    ['a\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\ b', 'alink b'],
    ['a\u009b2Jb\u001bcc\u001b(Bd', 'abcd'],
    ['[31m is what somebody wrote', '[31m is what somebody wrote'],
  ])('%j has no sequence that a terminal obeys: %j', (text, read) => expect(decodeServerText(text)).toBe(read))

  it('is one line without invisible characters', () => {
    expect(decodeServerText(' a\r\n\tb\u2028c \u200b d\u0007\u00ad ')).toBe('a b c d')
  })

  it('cannot change the direction of the surrounding text', () => {
    expect(decodeServerText('\u202egnp.\u2066exe\u2069\u200f\u061c')).toBe('gnp.exe')
    expect(decodeServerText('שלום עולם')).toBe('שלום עולם')
  })

  it('does not reach into other lines by marks on top of one another', () => {
    const marks = '\u0301\u0489\u20dd'
    const few = marks.repeat(3).slice(0, 8)
    expect(decodeServerText(`e${marks.repeat(300_000)}vil`)).toBe(`e${few}`)
    expect(decodeServerText(`e${marks.repeat(300)}vil`, 2000)).toBe(`e${few}vil`)
    // Scripts need a few: Hebrew with vowels and cantillation, Tibetan, Thai, Vietnamese, decomposed.
    for (const text of ['בְּרֵאשִׁ֖ית', 'བསྒྲུབས', 'ที่นี่', 'Việt'.normalize('NFD')]) expect(decodeServerText(text)).toBe(text)
  })

  it('is not empty to the eye', () => {
    expect(decodeServerText('\u115f\u1160 \uffa0\u3164')).toBeNull()
    expect(cleanText('a\u1160b')).toBe('a b')
  })

  it('keeps what joins emoji and letters', () => {
    expect(decodeServerText('👩\u200d🚀 می\u200cخواهم')).toBe('👩\u200d🚀 می\u200cخواهم')
  })

  it.each([[''], ['  \n'], ['\u202e\u200b']])('of nothing, like %j, is null', (text) => {
    expect(decodeServerText(text)).toBeNull()
    expect(decodeServerHtml(text)).toBeNull()
  })

  it('has a maximum length', () => {
    expect(decodeServerText('x'.repeat(300))).toBe('x'.repeat(300))
    expect(decodeServerText('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`)
    expect(decodeServerText('word '.repeat(9), 11)).toBe('word word…')
    expect(decodeServerText('12345😀😀', 7)).toBe('12345…')
    expect(decodeServerHtml('&amp;'.repeat(500))).toBe(`${'&'.repeat(299)}…`)
    // What is longer than anything that could become so much text is not looked at.
    expect(decodeServerText(`${' '.repeat(1199)}ab`)).toBe('a')
    expect(decodeServerHtml(`${'&nbsp;'.repeat(399)}     ab`)).toBe('a')
  })

  it('is plain, short and a single line, whatever is sent', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 400 }))
    fc.assert(
      fc.property(anything, (text) => {
        for (const read of [decodeServerText(text), decodeServerHtml(text)]) {
          if (read === null) continue
          expect(read).toBe(read.trim())
          expect(read.length).toBeLessThanOrEqual(300)
          expect(read).not.toMatch(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]| {2}/u)
        }
      }),
    )
  })
})
