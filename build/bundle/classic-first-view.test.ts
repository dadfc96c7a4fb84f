import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { classicScript } from './classic-first-view.ts'

const chunk = (fileName: string, code: string, imports: readonly string[] = [], isEntry = false) => ({
  fileName: `assets/${fileName}`,
  code,
  imports: imports.map((name) => `assets/${name}`),
  isEntry,
})

const shared = chunk('shared-1.js', 'const counts=[];function add(){counts.push(1)}export{add as a,counts as default};')
const entry = chunk(
  'index-2.js',
  'import{a as e,default as n}from"./shared-1.js";e();globalThis.seen=[n,import.meta.url];const t=1;export{t as"x"};',
  ['shared-1.js'],
  true,
)
const lazy = chunk('lazy-3.js', 'import{a}from"./shared-1.js";a()', ['shared-1.js'])

describe('the classic script of the first view', () => {
  it('evaluates imports before the entries, with the script’s own URL as import.meta.url', () => {
    const { script } = classicScript([entry, lazy, shared])
    const page: Record<string, unknown> = { document: { currentScript: { src: 'http://127.0.0.1/assets/first.js' } } }
    runInNewContext(script, page)
    expect(page['seen']).toEqual([[1], 'http://127.0.0.1/assets/first.js'])
  })

  it('lets lazy modules import what the script has already evaluated', () => {
    const { script, modules } = classicScript([entry, lazy, shared])
    expect([...modules.keys()]).toEqual(['assets/shared-1.js', 'assets/index-2.js'])
    const page: Record<string, unknown> = { document: { currentScript: { src: '' } } }
    runInNewContext(script, page)
    const [constants = ''] = (modules.get('assets/shared-1.js') ?? '').split('export')
    expect(runInNewContext(`${constants}[typeof v0, v1[0], m === globalThis.firstView["shared-1.js"]]`, page)).toEqual([
      'function',
      1,
      true,
    ])
    expect(modules.get('assets/shared-1.js')).toContain('export{v0 as a,v1 as default}')
  })

  it.each([
    ['an import cycle', [chunk('a.js', '', ['b.js'], true), chunk('b.js', '', ['a.js'])], 'is imported by'],
    ['top-level await', [chunk('a.js', 'await 1', [], true)], 'no classic script'],
    ['a whole module', [chunk('a.js', 'import * as b from "./b.js"', [], true)], 'a whole module'],
    ['an exported declaration', [chunk('a.js', 'export const b = 1', [], true)], 'exports a declaration'],
  ])('refuses %s', (_name, chunks, message) => {
    expect(() => classicScript(chunks)).toThrow(message)
  })
})
