import { readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseUrl } from './parse-url.ts'

describe('an address', () => {
  it('is read as it is, by itself or as one relative to another', () => {
    expect(parseUrl('https://forum.example/t/1')?.href).toBe('https://forum.example/t/1')
    expect(parseUrl('/t/1', 'https://forum.example/')?.href).toBe('https://forum.example/t/1')
    expect(parseUrl('/t/1')).toBeUndefined()
    expect(parseUrl('https://forum example/')).toBeUndefined()
  })

  it('beyond ASCII is read the same after thousands of others', () => {
    const hosts = new Set<string | undefined>()
    for (let time = 0; time < 20_000; time++) {
      parseUrl(`https://forum.example/t/${time}`)
      hosts.add(parseUrl('https://bücher.example')?.host)
    }
    expect([...hosts]).toEqual(['xn--bcher-kva.example'])
  })

  it('is not tried by `URL.canParse` anywhere', () => {
    const root = path.join(import.meta.dirname, '..', '..')
    const sources = ['common', 'engine', 'electron', 'headless', 'renderer'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
        .map((file) => path.join(folder, file)),
    )
    expect(sources.filter((file) => readFileSync(path.join(root, file), 'utf8').includes('URL.canParse('))).toEqual([])
  })
})
