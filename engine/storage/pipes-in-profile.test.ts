import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readImages } from '../accounts/image-folder.ts'
import { createHttp } from '../discourse/http.ts'
import { systemClock } from '../ports/clock.ts'
import { openLogFile } from './log-file.ts'
import { openProfileId } from './profile-id.ts'
import { openSettingsFile } from './settings-file.ts'
import { openStateFiles } from './state-files.ts'

// Somebody, or a restored backup, has left a pipe where the program has a file. Opening one waits for somebody at its other
// end, and nothing can give that up.

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notifier-pipes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const users: readonly (readonly [string, () => unknown])[] = [
  ['profile.json', () => openProfileId(folder)],
  ['state/budgets.json', () => openStateFiles(path.join(folder, 'state')).read('budgets')],
  [
    'settings.copy.json',
    () => {
      const file = path.join(folder, 'settings.json')
      writeFileSync(file, '')
      return openSettingsFile(file, () => ({ store: {} }), 0)
    },
  ],
  ['log/notifier.log', () => openLogFile({ folder: path.join(folder, 'log'), clock: systemClock })('info', 'start')],
  ['images/a.avatar', () => readImages(path.join(folder, 'images'))],
  [
    'ca.pem',
    () =>
      createHttp({ userAgent: 'x' }).setNetwork({
        proxy: { kind: 'system' },
        certificates: [path.join(folder, 'ca.pem')],
      }),
  ],
]

it.skipIf(process.platform === 'win32').each(users)('a pipe named %s keeps nobody waiting', async (file, use) => {
  const pipe = path.join(folder, file)
  mkdirSync(path.dirname(pipe), { recursive: true })
  execFileSync('mkfifo', [pipe])
  // Whoever waits all the same is let go, so that the test fails and does not hang.
  const rescue = spawn('sh', ['-c', `sleep 30; : <> ${pipe}`], { stdio: 'ignore', detached: true })
  const before = performance.now()
  await use()
  expect(performance.now() - before).toBeLessThan(25_000)
  process.kill(-(rescue.pid ?? 0), 'SIGKILL')
})
