import { existsSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'

// docs/testing.md names the test of each fault of the desktop app. A name that leads nowhere is worse than none.

const root = path.join(import.meta.dirname, '..')

/** A test as the table names it: words of its title, in a file. */
interface NamedTest {
  readonly file: string
  readonly words: string
}

const fileOf = (name: string): string => (name.includes('/') ? name : `test/e2e/${name}.e2e.ts`)

/** What a row names: a file, then words of titles in quotes, one or more. */
const namedIn = (row: string): readonly NamedTest[] =>
  [...row.matchAll(/`([^`]+)` (“[^”]+”(?:, “[^”]+”)*)/g)].flatMap(([, name = '', quoted = '']) =>
    [...quoted.matchAll(/“([^”]+)”/g)].map(([, words = '']) => ({ file: fileOf(name), words })),
  )

const titles = /\b(?:test|it)(?:\.(?:each|skipIf)\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs

const titlesIn = (file: string): readonly string[] => {
  const whole = path.join(root, file)
  if (!existsSync(whole)) return []
  return [...readFileSync(whole, 'utf8').matchAll(titles)].map(([, , title = '']) => title)
}

describe('the tests that docs/testing.md names', () => {
  const [, section = ''] = readFileSync(path.join(root, 'docs/testing.md'), 'utf8').split(
    '\n## Faults of the desktop app',
  )
  const [own = ''] = section.split('\n## ')
  const rows = own.split('\n').filter((line) => /^\| (?!---|fault|part)/.test(line))

  it('are one or more for each row', () => {
    expect(rows.length).toBeGreaterThan(40)
    expect(rows.filter((row) => namedIn(row).length === 0)).toEqual([])
  })

  it('exist', () => {
    const missing = rows
      .flatMap(namedIn)
      .filter(({ file, words }) => !titlesIn(file).some((title) => title.includes(words)))
    expect(missing).toEqual([])
  })
})
