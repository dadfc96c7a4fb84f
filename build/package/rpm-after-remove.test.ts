import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rpmAfterRemove } from './rpm-after-remove.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'after-remove-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What the script calls to take the command away, as rpm runs it. @param left how many versions are still installed */
const removedWith = (left: number): string => {
  const calls = path.join(folder, 'calls')
  writeFileSync(calls, '')
  writeFileSync(path.join(folder, 'update-alternatives'), `#!/bin/sh\necho "$@" >> '${calls}'\n`, { mode: 0o755 })
  const script = rpmAfterRemove(path.join(import.meta.dirname, '..', '..')).replaceAll(/\$\{\w+\}/g, 'no-such-program')
  const { status, stderr } = spawnSync('/bin/sh', ['-c', script, 'postun', String(left)], {
    env: { PATH: `${folder}${path.delimiter}${process.env['PATH']}` },
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return readFileSync(calls, 'utf8')
}

describe.skipIf(process.platform === 'win32')('what an rpm does after its removal', () => {
  it('takes the command away', () => {
    expect(removedWith(0)).toBe('--remove no-such-program /opt/no-such-program/no-such-program\n')
  })

  it('leaves everything to the version that replaces it', () => {
    expect(removedWith(1)).toBe('')
  })
})
