import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { partsOf } from './marked-text.tsx'

const marked = (text: string, search: string) =>
  partsOf(text, search)
    .map(({ part, isFound }) => (isFound ? `[${part}]` : part))
    .join('')

describe('the search words', () => {
  it.each([
    ['Release notes', 'NOTES rel', '[Rel]ease [notes]'],
    ['Écrit par Éva', 'eva', 'Écrit par [Éva]'],
    ['E\u0301va', 'ev', '[E\u0301v]a'],
    ['Straße ﬁle', 'fi', 'Straße [ﬁ]le'],
    ['مرحبا بالجميع', 'حبا', 'مر[حبا] بالجميع'],
    ['nothing here', 'x', 'nothing here'],
    ['as it is', '  ', 'as it is'],
  ])('stands out in “%s” for “%s”', (text, search, expected) => {
    expect(marked(text, search)).toBe(expected)
  })

  it('loses nothing from a text, whatever it is', () => {
    const any = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(any, any, (text, search) => {
        expect(
          partsOf(text, search)
            .map(({ part }) => part)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
