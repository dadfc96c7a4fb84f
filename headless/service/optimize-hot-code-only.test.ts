import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect, it } from 'vitest'

it('asks V8 for nothing that this Node does not know, which it would complain about at each start', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'optimize-hot-code-only.ts'), 'utf8')
  const [, flag = ''] = /setFlagsFromString\(`(--[a-z-]+)=/.exec(source) ?? []
  expect(flag).toMatch(/^--/)
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  expect(stdout).toContain(`${flag} `)
})
