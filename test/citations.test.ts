import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'

// A citation that leads nowhere is worse than none: each section of docs/protocol.md, each decision of ARCHITECTURE.md and
// each path that documents name has to exist.

const root = path.join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)))
const sources = tracked.filter((file) => /\.(tsx?|mjs|css|nsh|yml)$/.test(file) && file !== 'test/citations.test.ts')
const documents = tracked.filter((file) => /\.md$/.test(file) && file !== 'docs/protocol.md')

/** Sections, and the numbered items of those that are one list: `14.3` is the third of section 14. */
const headings = new Set(
  read('docs/protocol.md')
    .split(/^## (?=\d)/m)
    .flatMap((section) => {
      const [number = ''] = /^\d+/.exec(section) ?? []
      const items = [...section.matchAll(/^(\d+)\. /gm)].map(([, item]) => `${number}.${item}`)
      return [number, ...items, ...[...section.matchAll(/^### (\d+\.\d+)\b/gm)].map(([, heading = '']) => heading)]
    }),
)
const decisions = new Set(
  [
    ...(/^## Decisions\n(.*?)(?=^## )/ms.exec(`${read('ARCHITECTURE.md')}\n## `)?.[1] ?? '').matchAll(/^(\d+)\. /gm),
  ].map(([, number]) => number),
)

/** Lines of these files that a pattern matches, each as `file: citation`, where what they cite is unknown. */
const unresolved = (files: readonly string[], pattern: RegExp, isKnown: (cited: string) => boolean): string[] =>
  files.flatMap((file) =>
    [...read(file).matchAll(pattern)]
      .flatMap(([, cited = '']) => cited.match(/\d+(?:\.\d+)?/g) ?? [])
      .filter((cited) => !isKnown(cited))
      .map((cited) => `${file}: ${cited}`),
  )

describe('citations', () => {
  it('of the protocol reference name a section that it has', () => {
    const pattern = /protocol\.md (\d+(?:\.\d+)?(?:(?:,| and|,? or) \d+(?:\.\d+)?(?![\d.]*[A-Za-z]))*)/g
    expect(headings.size).toBeGreaterThan(30)
    expect(unresolved([...sources, ...documents], pattern, (cited) => headings.has(cited))).toEqual([])
  })

  it('of decisions name one that ARCHITECTURE.md has', () => {
    const pattern = /ARCHITECTURE\.md, decisions? (\d+(?: and \d+)*)/g
    expect(decisions.size).toBeGreaterThan(10)
    expect(unresolved(sources, pattern, (cited) => decisions.has(cited))).toEqual([])
  })

  it('never name a section without its document', () => {
    const bare = sources.filter((file) =>
      [...read(file).matchAll(/(.{0,60})\bsections? \d/gi)].some(
        ([, before = '']) => !/(RFC \d+|UAX #9|PNG specification)[^.;(]*$/.test(before),
      ),
    )
    expect(bare).toEqual([])
  })

  it('never name a document that is not in the repository', () => {
    const strangers = [...sources, ...documents].filter((file) =>
      /\b(peers|look|design|ux-faults|discourse-protocol)\.md\b/.test(read(file)),
    )
    expect(strangers).toEqual([])
  })

  it('of rooms and files of the engine, as ARCHITECTURE.md has them, name one that exists', () => {
    const cited = [...read('ARCHITECTURE.md').matchAll(/`([a-z][\w-]*(?:\/[\w-]+)+)`/g)].map(([, name = '']) => name)
    const exists = (name: string): boolean =>
      ['', '.ts', '.tsx', '.mjs'].some((end) => existsSync(path.join(root, name + end)))
    expect(cited.length).toBeGreaterThan(25)
    expect(cited.filter((name) => !exists(name) && !exists(`engine/${name}`))).toEqual([])
  })

  it('of tests, as SECURITY.md has them for each promise, name a file and the titles in it', () => {
    const [, promised = ''] = /^## What is promised\n(.*?)^## /ms.exec(read('SECURITY.md')) ?? []
    const promises = promised.split(/^- /m).slice(1)
    const file = /`([\w./-]+\.(?:test|e2e)\.tsx?|test\/faults\/program\/[\w-]+\.ts)`(?::((?:,?\s*“[^”]+”)+))?/g
    const named = promises.map((promise) => [...promise.matchAll(file)])
    expect(named.length).toBeGreaterThan(12)
    expect(promises.filter((_, index) => named[index]?.length === 0)).toEqual([])
    const missing = named.flat().flatMap(([, name = '', titles = '']) => {
      if (!tracked.includes(name)) return [name]
      const source = read(name)
      return [...titles.matchAll(/“([^”]+)”/g)]
        .map(([, title = '']) => title.replace(/\s+/g, ' '))
        .filter((title) => !source.includes(`'${title}'`) && !source.includes(`\`${title}\``))
        .map((title) => `${name}: ${title}`)
    })
    expect(missing).toEqual([])
    expect(named.flat().filter(([, , titles]) => titles !== undefined).length).toBeGreaterThan(10)
  })

  it('of files name one that exists', () => {
    const pattern =
      /(?<![\w./@:-])((?:common|engine|electron|headless|renderer|build|test|docs)\/[\w./-]*\w\.(?:tsx?|mjs|md|css|nsh|json))\b/g
    const known = new Set(tracked)
    // The test of the layers writes files under names of its own.
    const real = sources.filter((file) => file !== 'build/floors.test.ts')
    const missing = [...real, ...documents].flatMap((file) =>
      [...read(file).matchAll(pattern)]
        .map(([, cited = '']) => cited)
        .filter((cited) => !known.has(cited))
        .map((cited) => `${file}: ${cited}`),
    )
    expect(missing).toEqual([])
  })
})
