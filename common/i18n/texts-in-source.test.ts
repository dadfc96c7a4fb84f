import { readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'
import en from './locales/en.json' with { type: 'json' }

// What the source says of texts: each one there is is asked for, and none is written where it is shown.

const root = path.join(import.meta.dirname, '..', '..')

interface Source {
  readonly file: string
  readonly text: string
}

const sources = (folder: string): readonly Source[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name) && !/(^|[/\\])testing[/\\]/.test(name))
    .map((name) => ({ file: path.join(folder, name), text: readFileSync(path.join(root, folder, name), 'utf8') }))

/** Written for programmers and administrators, in English only. */
const inEnglish = new Set([
  path.join('renderer', 'diagnostics', 'report-text.ts'),
  path.join('electron', 'command-line.ts'),
])

const folders = ['common', 'engine', 'renderer', 'electron', 'headless']

/** Plain strings, and the beginnings of those that are put together: `` `failure.${code}` ``. */
const wordsOf = ({ file, text }: Source) => {
  const words: { readonly text: string; readonly isBeginning: boolean }[] = []
  new Visitor({
    Literal({ value }) {
      if (typeof value === 'string') words.push({ text: value, isBeginning: false })
    },
    TemplateLiteral({ quasis }) {
      words.push({ text: quasis[0]?.value.raw ?? '', isBeginning: quasis.length > 1 })
    },
  }).visit(parseSync(file, text).program)
  return words
}

describe('a text', () => {
  const asked = folders.flatMap(sources).flatMap(wordsOf)
  const keys = new Set(asked.filter(({ isBeginning }) => !isBeginning).map(({ text }) => text))
  const beginnings = asked.filter(({ text, isBeginning }) => isBeginning && /^[a-z]+\./i.test(text))

  const keysOf = (texts: object, prefix = ''): readonly string[] =>
    Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`],
    )
  /** As a whole, or put together from a beginning and a word that the source has. */
  const isAskedFor = (key: string): boolean =>
    keys.has(key) || beginnings.some(({ text }) => key.startsWith(text) && keys.has(key.slice(text.length)))

  it('is asked for somewhere', () => {
    const unused = keysOf(en).filter((key) => {
      const base = key.replace(/_(zero|one|other)$/, '')
      return !isAskedFor(key) && !isAskedFor(base)
    })
    expect(unused).toEqual([])
  })
})

describe('what is shown', () => {
  /** Attributes that are read to nobody, or have words of their own (`aria-keyshortcuts`). */
  const technical =
    /^(aria-keyshortcuts|class(Name)?|d|viewBox|style|key|rel|sizes|src|srcSet|href|pattern|accept|autoComplete|data-.*)$/
  const isWords = (text: string): boolean => /\p{L}{2,}/u.test(text)
  const isSentence = (text: string): boolean => /(^\p{Lu}\p{Ll}+|\p{Ll}{2,}) \p{Ll}{2,}/u.test(text)

  const untranslated = ({ file, text }: Source): readonly string[] => {
    const found: string[] = []
    // What an error of programming says is for programmers.
    const forProgrammers: { readonly start: number; readonly end: number }[] = []
    const note = (start: number, words: string) => {
      if (forProgrammers.every((range) => start < range.start || start > range.end))
        found.push(`${file}: ${words.trim()}`)
    }
    new Visitor({
      NewExpression({ callee, start, end }) {
        if (callee.type === 'Identifier' && callee.name === 'Error') forProgrammers.push({ start, end })
      },
      // What the system says, or stands in for that.
      Property({ key, start, end }) {
        if (key.type === 'Identifier' && key.name === 'reason') forProgrammers.push({ start, end })
      },
      JSXText({ value, start }) {
        if (isWords(value)) note(start, value)
      },
      JSXAttribute({ name, value, start, end }) {
        const attribute = name.type === 'JSXIdentifier' ? name.name : ''
        if (technical.test(attribute)) forProgrammers.push({ start, end })
        else if (value?.type === 'Literal' && /^\p{Lu}|\s/u.test(String(value.value))) note(start, String(value.value))
      },
      Literal({ value, start }) {
        if (typeof value === 'string' && isSentence(value)) note(start, value)
      },
      TemplateElement({ value, start }) {
        if (isSentence(value.raw)) note(start, value.raw)
      },
    }).visit(parseSync(file, text).program)
    return found
  }

  it.each(['renderer', 'common', 'electron'])('by %s comes from the locale files', (folder) => {
    const shown = sources(folder).filter(({ file }) => !inEnglish.has(file))
    expect(shown.flatMap(untranslated)).toEqual([])
  })

  it('would be found otherwise', () => {
    const text =
      'const a = () => <p aria-label="Close" className="x y"><b title={`all is new here`}>Hi</b>{"Not good"}</p>'
    expect(untranslated({ file: 'a.tsx', text })).toEqual([
      'a.tsx: Close',
      'a.tsx: all is new here',
      'a.tsx: Hi',
      'a.tsx: Not good',
    ])
  })
})
