import type { Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { wideViewLinks } from './preload-wide-view.ts'

const chunk = (name: string, imports: readonly string[] = [], css: readonly string[] = []) =>
  ({
    type: 'chunk',
    name,
    fileName: `assets/${name}-1.js`,
    imports,
    viteMetadata: { importedCss: new Set(css) },
  }) as unknown as Rolldown.OutputChunk

describe('the links of a wide window', () => {
  it('name its chunk, what that imports, and its style sheet', () => {
    const outputs = [chunk('index'), chunk('wide-view', ['assets/index-1.js'], ['assets/wide-view-2.css'])]
    const wide = 'media="(min-width: 720px)"'
    expect(wideViewLinks(outputs).trim().split(/\n */)).toEqual([
      `<link rel="modulepreload" ${wide} href="/assets/wide-view-1.js">`,
      `<link rel="modulepreload" ${wide} href="/assets/index-1.js">`,
      `<link rel="preload" as="style" crossorigin ${wide} href="/assets/wide-view-2.css">`,
    ])
  })

  it('are no empty list where the chunk has another name', () => {
    expect(() => wideViewLinks([chunk('index')])).toThrow('there is no chunk wide-view')
  })
})
