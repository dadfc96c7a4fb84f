import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { build } from 'vite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { firstViewSizes, limitFirstView } from './first-view-budget.ts'

/** Text that cannot be compressed much. */
const noise = (length: number): string =>
  Array.from({ length }, (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36)).join('')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'first-view-'))
  mkdirSync(path.join(folder, 'locales'))
  write('index.html', '<script type="module" src="./main.js"></script>')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text)

const buildWith = (budget: number) =>
  build({
    ...{ root: folder, configFile: false, logLevel: 'silent', build: { write: false } },
    plugins: [limitFirstView(budget)],
  })

describe('a build', () => {
  it('fails and lists the chunks when the first view is too large', async () => {
    write('main.js', `import { text } from './other.js'; console.log(text)`)
    write('other.js', `export const text = '${noise(1000)}'`)
    await expect(buildWith(2000)).rejects.toThrow(/ kB of 2\.0 kB for the script of the first view.*index.*\.js \d/)
  })

  it('passes and prints the size when only lazily loaded code is large', async () => {
    const said = vi.spyOn(console, 'log').mockReturnValue()
    write('main.js', `onclick = () => import('./later.js')`)
    write('later.js', `export const text = '${noise(1000)}'`)
    await buildWith(2000)
    expect(said.mock.calls).toEqual([
      [expect.stringMatching(/^[01]\.\d kB of 2\.0 kB for the script of the first view/)],
    ])
  })

  it('prints what the largest language adds, since only one is loaded at a time', async () => {
    const said = vi.spyOn(console, 'log').mockReturnValue()
    write('main.js', `import('./locales/de.json'); import('./locales/ar.json')`)
    write('locales/de.json', JSON.stringify({ text: noise(30) }))
    write('locales/ar.json', JSON.stringify({ text: noise(1000) }))
    await buildWith(2000)
    expect(said.mock.calls).toEqual([[expect.stringMatching(/another language adds at most [3-9]\.\d kB$/)]])
  })
})

it('counts a shared chunk once', () => {
  const chunk = {
    type: 'chunk',
    code: '',
    isEntry: false,
    isDynamicEntry: false,
    facadeModuleId: null,
    imports: [],
  } as const
  const sizes = firstViewSizes([
    { ...chunk, fileName: 'index.js', isEntry: true, imports: ['a.js', 'b.js'] },
    { ...chunk, fileName: 'a.js', imports: ['b.js'] },
    { ...chunk, fileName: 'b.js' },
    { ...chunk, fileName: 'later.js', isDynamicEntry: true, imports: ['a.js'] },
  ])
  expect([...sizes.keys()]).toEqual(['index.js', 'a.js', 'b.js'])
})
