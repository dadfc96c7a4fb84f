import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect, it } from 'vitest'
import en from '../common/i18n/locales/en.json' with { type: 'json' }

// What documents quote of the user interface is written there just so.

const root = path.join(import.meta.dirname, '..')
/** For who uses or installs it; others emphasize what is no label. */
const documents = [
  ...['README.md', 'CHANGELOG.md', 'docs/guide.md', 'docs/headless.md', 'docs/command-line.md', 'docs/status-bars.md'],
  ...['docs/administrators.md', 'docs/packaging.md', 'docs/debugging.md'],
]

/** Written on pages that are not ours: a forum's, and the name of the protocol. */
const ofOthers = new Set(['Preferences', 'Apps', 'User API keys'])

const textsIn = (texts: object): readonly string[] =>
  Object.values(texts).flatMap((text: unknown) =>
    typeof text === 'object' && text !== null ? textsIn(text) : [String(text)],
  )
const labels = new Set(textsIn(en))

/** What is emphasized and begins with a capital, with the way to it: `*Settings → General*`. The head of a list item is none. */
const quotedIn = (document: string): readonly string[] => {
  const text = document.replaceAll(/```.*?```/gs, '').replaceAll(/`[^`]*`/g, '`')
  const emphasized = text.matchAll(/(?<!- )(?<![*\w\\])(\*{1,2})(\p{Lu}[^*]*?)\1(?![*\w])/gu)
  return [...emphasized].flatMap(([, , words = '']) => words.replaceAll(/\s+/g, ' ').split(' → '))
}

it.each(documents)('%s', (name) => {
  const quoted = quotedIn(readFileSync(path.join(root, name), 'utf8'))
  expect(quoted.filter((label) => !labels.has(label) && !ofOthers.has(label))).toEqual([])
})

it('labels are quoted at all', () => {
  const guide = quotedIn(readFileSync(path.join(root, 'docs/guide.md'), 'utf8'))
  expect(guide.length).toBeGreaterThan(20)
})
