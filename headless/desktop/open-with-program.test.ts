import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openWithProgram } from './open-with-program.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'open-'))
  vi.stubEnv('PATH', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe.skipIf(process.platform !== 'linux')(
  'a folder of ours (Linux: elsewhere the system’s own program opens it)',
  () => {
    it('is opened by xdg-open, as one argument', async () => {
      const opened = path.join(folder, 'opened')
      writeFileSync(
        path.join(folder, 'xdg-open'),
        `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${opened}.new'\n/bin/mv '${opened}.new' '${opened}'\n`,
      )
      chmodSync(path.join(folder, 'xdg-open'), 0o755)
      expect(await openWithProgram('/home/eve/my log; rm')).toBe(true)
      await expect.poll(() => existsSync(opened)).toBe(true)
      expect(readFileSync(opened, 'utf8')).toBe('1\n/home/eve/my log; rm\n')
    })

    const standIn = (script: string): void =>
      writeFileSync(path.join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })

    it('is not where it has no program for it, as without a display', async () => {
      standIn('exit 3')
      expect(await openWithProgram('/home/eve/log', 60_000)).toBe(false)
    })

    it('is where the program stays in the foreground', async () => {
      standIn('exec /bin/sleep 2')
      expect(await openWithProgram('/home/eve/log', 50)).toBe(true)
    })

    it('is not where there is nothing to open it with', async () => {
      expect(await openWithProgram('/home/eve/log')).toBe(false)
    })
  },
)
