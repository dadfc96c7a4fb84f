import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { type Claim, claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { runCli } from '../run-cli.ts'

let profile = ''
let claim: Claim | undefined
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'notifier-quit-'))
})
afterEach(async () => {
  await claim?.release()
  rmSync(profile, { recursive: true, force: true })
})

/** Writes its last file half a second after it was told to end. */
const writesLater = `
  process.stdin.once('end', () => setTimeout(() => require('node:fs').writeFileSync(process.argv[1], ''), 500)).resume()
`

describe.skipIf(process.platform === 'win32')('quitting from the command line', () => {
  it('is done when the process has ended, not when it has let go of its profile: then its last file is written', async () => {
    const last = path.join(profile, 'last')
    const child = spawn(process.execPath, ['-e', writesLater, last], { stdio: ['pipe', 'ignore', 'inherit'] })
    claim = expectOk(await claimProfile(controlPath(profile)))
    claim?.answerWith(async () => {
      setImmediate(() => {
        void claim?.release()
        child.stdin.end()
      })
      return ok({ pid: child.pid })
    })
    expect(await runCli(['quit', '--profile', profile])).toBe(0)
    expect(existsSync(last)).toBe(true)
  })

  it('does not wait for a process that has ended and whose parent has not asked how', async () => {
    // The shell becomes a program that asks about no child.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [pid] = await once(parent.stdout, 'data')
    claim = expectOk(await claimProfile(controlPath(profile)))
    claim?.answerWith(async () => ok({ pid: Number(String(pid)) }))
    const start = performance.now()
    expect(await runCli(['quit', '--profile', profile])).toBe(0)
    expect(performance.now() - start).toBeLessThan(25_000)
    parent.kill()
  })

  it('is done at once where an older version answers, which does not say what process it is', async () => {
    claim = expectOk(await claimProfile(controlPath(profile)))
    claim?.answerWith(async () => ok(null))
    expect(await runCli(['quit', '--profile', profile])).toBe(0)
  })

  it('fails where nothing is running', async () => {
    expect(await runCli(['quit', '--profile', profile, '--json'])).toBe(3)
  })
})
