import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

/** What a file has loaded before its own first line runs: its static imports, and theirs; type imports are erased. */
const loadedBy = (file: string, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(file)) return found
  found.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^'`]*?from '(\.[^']+)'/gm)
  for (const [, to = ''] of imports) loadedBy(path.join(path.dirname(file), to), found)
  return found
}

const loadedBefore = (entry: string): readonly string[] =>
  [...loadedBy(path.join(root, entry))].map((file) => path.relative(root, file).replaceAll('\\', '/'))

describe('before the icon is in the tray', () => {
  const loaded = loadedBefore('electron/main.ts')

  it.each([
    'common/i18n',
    'common/contract/snapshot.ts',
    'engine/engine.ts',
    'engine/network',
    'engine/alerts',
    'engine/sync',
    'electron/surfaces',
    'electron/updates',
  ])('nothing of %s is loaded', (late) => {
    expect(loadedBefore('electron/compose.ts').filter((file) => file.startsWith(late))).not.toEqual([])
    expect(loaded.filter((file) => file.startsWith(late))).toEqual([])
  })

  it('the code that is loaded stays small', () => {
    const size = loaded.reduce((sum, file) => sum + readFileSync(path.join(root, file)).length, 0)
    expect(size).toBeGreaterThan(20_000)
    expect(size).toBeLessThan(100_000)
  })
})
