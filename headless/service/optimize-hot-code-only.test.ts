import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect, it } from 'vitest'

it('sets only a flag that this Node knows: an unknown one would print a warning at each start', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'optimize-hot-code-only.ts'), 'utf8')
  const [, flag = ''] = /setFlagsFromString\(`(--[a-z-]+)=/.exec(source) ?? []
  expect(flag).toMatch(/^--/)
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  expect(stdout).toContain(`${flag} `)
})
