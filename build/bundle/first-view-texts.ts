import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { type Plugin, parseSync, Visitor } from 'vite'

/** A part of `en.json`: texts by name, in sections. */
interface TextTree {
  readonly [name: string]: string | TextTree
}

/** The strings in a file that may be text keys: whole ones, and the prefixes of those put together in a template. */
interface Words {
  readonly whole: ReadonlySet<string>
  readonly beginnings: ReadonlySet<string>
}

/**
 * All strings in `entry` and in everything it imports statically, directly or indirectly.
 * @param read returns a file's text
 */
export const wordsLoadedWith = (entry: string, read: (file: string) => string): Words => {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file) || !/\.tsx?$/.test(file)) return
    seen.add(file)
    const follow = (source: string, isType: boolean): void => {
      if (!isType && source.startsWith('.')) visit(path.resolve(path.dirname(file), source))
    }
    new Visitor({
      ImportDeclaration({ source, importKind }) {
        follow(source.value, importKind === 'type')
      },
      ExportNamedDeclaration({ source, exportKind }) {
        follow(source?.value ?? '', exportKind === 'type')
      },
      ExportAllDeclaration({ source, exportKind }) {
        follow(source.value, exportKind === 'type')
      },
      Literal({ value }) {
        if (typeof value === 'string') whole.add(value)
      },
      TemplateLiteral({ quasis }) {
        const beginning = quasis[0]?.value.raw ?? ''
        if (/^[a-z]+\./i.test(beginning)) beginnings.add(beginning)
      },
    }).visit(parseSync(file, read(file)).program)
  }
  visit(entry)
  return { whole, beginnings }
}

/** Splits the texts into those that the given strings refer to and the rest. */
export const splitTexts = (
  texts: TextTree,
  { whole, beginnings }: Words,
): { readonly first: TextTree; readonly later: TextTree } => {
  const isAskedFor = (key: string): boolean =>
    whole.has(key) ||
    whole.has(key.replace(/_(zero|one|other)$/, '')) ||
    [...beginnings].some((beginning) => key.startsWith(beginning))
  const part = (tree: TextTree, isWanted: (key: string) => boolean, prefix = ''): TextTree => {
    const entries = Object.entries(tree).flatMap(([name, value]): [string, string | TextTree][] => {
      const key = `${prefix}${name}`
      if (typeof value === 'string') return isWanted(key) ? [[name, value]] : []
      const section = part(value, isWanted, `${key}.`)
      return Object.keys(section).length === 0 ? [] : [[name, section]]
    })
    return Object.fromEntries(entries)
  }
  return { first: part(texts, isAskedFor), later: part(texts, (key) => !isAskedFor(key)) }
}

/**
 * Keeps only the English texts that the first view shows in its script, and moves all others to a separate chunk, which
 * lazy components load with their code (`renderer/app/lazy-component.tsx`).
 * @param root the project's folder
 */
export const firstViewTexts = (root: string): Plugin => {
  const file = path.join(root, 'common', 'i18n', 'locales', 'en.json')
  const laterFile = path.join(root, 'common', 'i18n', 'later-texts.ts')
  const split = () => {
    const words = wordsLoadedWith(path.join(root, 'renderer', 'main.tsx'), (name) => readFileSync(name, 'utf8'))
    return splitTexts(JSON.parse(readFileSync(file, 'utf8')), words)
  }
  return {
    name: 'first-view-texts',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    load: (id) => {
      if (id === file) return JSON.stringify(split().first)
      if (id === laterFile) return `export const laterTexts = ${JSON.stringify(split().later)}`
      return undefined
    },
  }
}
