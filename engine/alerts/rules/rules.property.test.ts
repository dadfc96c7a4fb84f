import { describe, expect, it } from 'vitest'
import { notification } from '../../../common/testing/samples.ts'
import { fc } from '../../../test/rig/properties.ts'
import { isFrom, ruleFor } from './rules.ts'

const words = (text: string, alert: 'always' | 'never' = 'always') => ({ about: 'words', text, alert }) as const
const person = (text: string, alert: 'always' | 'never' = 'always') => ({ about: 'person', text, alert }) as const

describe('a rule', () => {
  it.each([
    ['Release', 'release notes', true],
    ['release  NOTES', 'The release notes are out', true],
    ['art', 'How to start', false],
    ['art', 'Art, and more', true],
    ['c++', 'Learning C++ today', true],
    ['Straße', 'die straße', true],
    ['ﬁle', 'a file', true],
    ['会議', '明日の会議について', true],
    ['٣', 'عدد ٣ فقط', true],
  ])('on the words “%s” looks at “%s”: %s', (text, title, fits) => {
    expect(ruleFor(notification({ title }), [words(text)])).toBe(fits ? 'always' : undefined)
    expect(ruleFor(notification({ title: null, excerpt: title }), [words(text)])).toBe(fits ? 'always' : undefined)
  })

  it('on a person looks at user names and full names, not at what was written', () => {
    const item = notification({ actor: 'Mika', actorName: 'Mika Häkkinen', secondActor: 'tomas', title: 'aiko' })
    for (const name of ['@mika', 'MIKA', 'mika häkkinen', 'Tomas']) expect(ruleFor(item, [person(name)])).toBe('always')
    for (const name of ['aiko', 'mik', '@']) expect(ruleFor(item, [person(name)])).toBeUndefined()
    expect(isFrom(notification({ actor: null }), ['', '@'])).toBe(false)
  })

  const rule = fc.record({
    about: fc.constantFrom('words' as const, 'person' as const),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    alert: fc.constantFrom('always' as const, 'never' as const),
  })

  it('that forbids wins over all others, in whatever order, and text of any kind is taken', () => {
    const item = fc.record({
      title: fc.option(fc.string({ unit: 'grapheme' })),
      excerpt: fc.option(fc.string({ unit: 'grapheme' })),
      actor: fc.option(fc.string({ unit: 'grapheme' })),
    })
    fc.assert(
      fc.property(item, fc.array(rule), (some, rules) => {
        const one = notification(some)
        const each = rules.map((alone) => ruleFor(one, [alone]))
        const expected = each.includes('never') ? 'never' : each.includes('always') ? 'always' : undefined
        expect(ruleFor(one, rules)).toBe(expected)
        expect(ruleFor(one, rules.toReversed())).toBe(expected)
      }),
    )
  })

  it('finds words that stand between others, however they are written', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/)
    fc.assert(
      fc.property(fc.array(word), word, fc.array(word), (before, wanted, after) => {
        const title = [...before, wanted.toUpperCase(), ...after].join(' ')
        expect(ruleFor(notification({ title }), [words(wanted)])).toBe('always')
        expect(
          ruleFor(notification({ title: `${title}x` }), [words(`${wanted}${after.at(-1) ?? ''}q`)]),
        ).toBeUndefined()
      }),
    )
  })
})
