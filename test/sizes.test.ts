import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'

// How much a reader has to take in at once.

const mostLines = { file: 300, function: 100, readme: 150 } as const

/** Of a function that only holds others: lines outside them, and lines of the longest of them. */
const closureLines = { own: 70, inner: 50 } as const

const root = path.join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => /\.(tsx?|mjs|css)$/.test(file) && existsSync(path.join(root, file)))
/** Specifications are read case by case, however many there are. */
const programs = sources.filter((file) => !/\.(test\.tsx?|e2e\.ts)$/.test(file))

const linesOf = (text: string): number => text.trimEnd().split('\n').length

interface Callable {
  readonly name: string
  readonly lines: number
  /** Lines that belong to no function inside it. */
  readonly own: number
  /** Lines of the longest function inside it. */
  readonly inner: number
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Functions and methods with the lines they cover; one without a name has that of the variable or property it is for. */
const callables = (file: string): readonly Callable[] => {
  const text = read(file)
  const names = new Map<number, string>()
  const spans: Span[] = []
  const name = (value: { readonly start: number } | null, target: object): void => {
    if (value !== null && 'name' in target && typeof target.name === 'string') names.set(value.start, target.name)
  }
  new Visitor({
    VariableDeclarator({ id, init }) {
      name(init, id)
      // As in `const Row = memo((props) => …)`.
      if (init?.type === 'CallExpression') for (const argument of init.arguments) name(argument, id)
    },
    Property({ key, value }) {
      name(value, key)
    },
    MethodDefinition({ key, value }) {
      name(value, key)
    },
    FunctionDeclaration(node) {
      if (node.id !== null) name(node, node.id)
      spans.push(node)
    },
    FunctionExpression(node) {
      spans.push(node)
    },
    ArrowFunctionExpression(node) {
      spans.push(node)
    },
  }).visit(parseSync(file, text).program)
  const linesIn = ({ start, end }: Span): number => linesOf(text.slice(start, end))
  const holds = (outer: Span, one: Span): boolean => outer.start < one.start && one.end <= outer.end
  return spans.map((span) => {
    const inside = spans.filter((one) => holds(span, one))
    const direct = inside.filter((one) => !inside.some((other) => holds(other, one)))
    return {
      name: names.get(span.start) ?? 'unnamed',
      lines: linesIn(span),
      own: direct.reduce((rest, one) => rest - linesIn(one) + 1, linesIn(span)),
      inner: Math.max(0, ...inside.map(linesIn)),
    }
  })
}

/** Longer files, each with the reason. */
const longFiles: Readonly<Record<string, string>> = {
  'electron/testing/electron-double.ts': 'a double of Electron, class by class as Electron has them',
  'test/faults/odd-answers.ts': 'a table of answers, one below the other',
  'test/rig/notification-samples.ts': 'samples, one below the other',
}
/** Longer functions, each with the reason. */
const longFunctions: Readonly<Record<string, string>> = {
  'renderer/inbox/entry-list.tsx: EntryList': 'one list: what is in sight, its keys and its focus depend on each other',
}
/** Closures: small functions over one state. That they are small is held below; the reason says why they are not split. */
const closures: Readonly<Record<string, string>> = {
  'engine/accounts/complete-sign-in.ts: createCompleteSignIn':
    'each step decides with the same attempt what to undo if it fails',
  'engine/accounts/sign-in.ts: createSignIn': 'starting, waiting for and ending an attempt may cancel each other',
  'engine/storage/vault.ts: createVault': 'every change of the secrets waits its turn on the same queue',
  'engine/sync/account-news.ts: createAccountNews':
    'lists and bus messages change the same rows in the order they come',
  'engine/sync/account-sync.ts: createAccountSync':
    'timer, question and channel of one account start and stop each other',
  'engine/sync/budget.ts: createBudget': 'both windows of a key are spent, learnt and saved together',
  'engine/sync/live-channel.ts: createLiveChannel': 'one poll follows another, and how it ended decides about the next',
  'engine/sync/sync.ts: createSync': 'all accounts are started, woken and stopped in one order',
  'renderer/host/page-host.ts: createPageHost': 'one stream of updates, and what is done when it breaks',
  'test/rig/engine-rig.ts: startEngineRig': 'an engine and everything that a test does with it',
  'test/rig/scripted-bus.ts: createScriptedBus': 'one bus: polls are held and answered from the same positions',
  'test/rig/scripted-forum.ts: createScriptedForum': 'one forum: what it answers depends on what it has been asked',
}

const filesOver = programs
  .map((file) => ({ file, lines: linesOf(read(file)) }))
  .filter(({ lines }) => lines > mostLines.file)
const functionsOver = programs
  .filter((file) => !file.endsWith('.css'))
  .flatMap((file) => callables(file).map((one) => ({ ...one, place: `${file}: ${one.name}` })))
  .filter(({ lines }) => lines > mostLines.function)

describe('a reader takes in at once', () => {
  it(`a file of at most ${mostLines.file} lines`, () => {
    expect(filesOver.filter(({ file }) => longFiles[file] === undefined)).toEqual([])
  })

  it(`a function of at most ${mostLines.function} lines`, () => {
    expect(
      functionsOver.filter(({ place }) => longFunctions[place] === undefined && closures[place] === undefined),
    ).toEqual([])
  })

  it('a closure whose functions are small, and which has little besides them', () => {
    const found = functionsOver.filter(({ place }) => closures[place] !== undefined)
    expect(found.filter(({ own, inner }) => own > closureLines.own || inner > closureLines.inner)).toEqual([])
  })

  it('more only where that is still so', () => {
    const places = new Set([...filesOver.map(({ file }) => file), ...functionsOver.map(({ place }) => place)])
    const allowed = [...Object.keys(longFiles), ...Object.keys(longFunctions), ...Object.keys(closures)]
    expect(allowed.filter((place) => !places.has(place))).toEqual([])
  })

  it(`a README of at most ${mostLines.readme} lines`, () => {
    expect(linesOf(read('README.md'))).toBeLessThanOrEqual(mostLines.readme)
  })
})
