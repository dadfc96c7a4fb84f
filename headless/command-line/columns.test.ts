import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { alignColumns } from './columns.ts'
import { mayHaveColor, oneLine, textWidth, truncate, wrap } from './terminal.ts'

const columns = [
  { cells: ['Meta', 'A very long title of a forum'], least: 6 },
  { cells: ['eve@meta.example', 'bob@x.example'], leftOut: 1 },
  { cells: ['3 new', 'nothing'], style: () => 'bold' as const },
]

describe('columns', () => {
  it('stand below each other', () => {
    expect(alignColumns(columns, Number.POSITIVE_INFINITY, false)).toEqual([
      'Meta                          eve@meta.example  3 new',
      'A very long title of a forum  bob@x.example     nothing',
    ])
  })

  it('are cut where the terminal is narrow, and then left out', () => {
    expect(alignColumns(columns, 40, false)).toEqual([
      'Meta           eve@meta.example  3 new',
      'A very long …  bob@x.example     nothing',
    ])
    expect(alignColumns(columns, 24, false)).toEqual(['Meta             3 new', 'A very long ti…  nothing'])
  })

  it('have colours without being moved by them', () => {
    expect(alignColumns(columns, 24, true)[0]).toBe('Meta             \u001b[1m3 new\u001b[22m')
  })

  it('keep to the width whatever stands in them, and hold nothing that a terminal obeys', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 10, max: 60 }),
        (rows, width) => {
          const lines = alignColumns(
            [
              { cells: rows.map(([a]) => a), least: 4 },
              { cells: rows.map(([, b]) => b), least: 4, leftOut: 1 },
            ],
            width,
            false,
          )
          expect(lines).toHaveLength(rows.length)
          for (const line of lines) {
            expect(textWidth(line)).toBeLessThanOrEqual(width)
            expect(line).not.toMatch(/\p{Cc}/u)
          }
        },
      ),
    )
  })
})

describe('text at a terminal', () => {
  it.each([
    ['abc', 3],
    ['日本語', 6],
    ['é', 1],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['👩‍🌾', 2],
    ['한글', 4],
    // Wide letters that belong to no script, and narrow ones of wide scripts (UAX #11).
    ['フォーラム', 10],
    ['・〜①', 5],
    ['ﾌｫｰﾗﾑ', 5],
    ['ﾡ', 1],
    ['㈱㍿', 4],
    ['ㄅ', 2],
    ['𠮷', 2],
    ['\u200bx', 1],
  ])('%s takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  it('is cut between letters', () => {
    expect(truncate('日本語', 5)).toBe('日本…')
    expect(truncate('日本語', 4)).toBe('日…')
    expect(truncate('abc', 3)).toBe('abc')
    expect(truncate('abc', 0)).toBe('')
  })

  it('is wrapped between words, and between letters that are written without spaces', () => {
    expect(wrap('The forum is down for maintenance.', 12)).toEqual(['The forum is', 'down for', 'maintenance.'])
    expect(wrap('このフォーラムは now メンテナンス中です。', 10)).toEqual([
      'このフォー',
      'ラムは now',
      'メンテナン',
      'ス中です。',
    ])
    expect(wrap('https://meta.example', 5)).toEqual(['https://meta.example'])
    expect(wrap('a b', Number.POSITIVE_INFINITY)).toEqual(['a b'])
  })

  it('stays on one line', () => {
    expect(oneLine('a\nb\u001b[31mc')).toBe('a b [31mc')
  })
})

describe('colours', () => {
  it.each([
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { TERM: 'dumb' }, true, false],
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', {}, true, false],
    [undefined, {}, true, true],
  ] as const)('%s with %j at a terminal %s: %s', (when, environment, isTerminal, expected) => {
    expect(mayHaveColor(when, environment, isTerminal)).toBe(expected)
  })
})
