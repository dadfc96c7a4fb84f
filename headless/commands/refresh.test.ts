import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { account, counts, rust, snapshot } from '../../common/testing/samples.ts'
import { type Claim, claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { language } from '../output.ts'
import { runCli } from '../run-cli.ts'

let profile = ''
let claim: Claim | undefined
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'notifier-refresh-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await claim?.release()
  rmSync(profile, { recursive: true, force: true })
})

const accounts = [
  account({ counts: counts({ notifications: 3 }) }),
  account({ id: 'account-2', site: rust, counts: counts({ notifications: 5 }) }),
]

/** What is printed while the notifier gives this answer to the command. */
const runRefresh = async (answer: Result<null>, ...words: readonly string[]) => {
  const printed: string[] = []
  const wrong: string[] = []
  claim = expectOk(await claimProfile(controlPath(profile)))
  claim?.answerWith(async (call) => (call.call === 'snapshot' ? ok(snapshot({ accounts })) : answer))
  // In English, whatever the machine's language is.
  vi.spyOn(language, 'follow').mockResolvedValue()
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => wrong.push(String(text)) > 0)
  const status = await runCli(['refresh', ...words, '--profile', profile])
  return { status, printed: printed.join(''), wrong: wrong.join('') }
}

describe.skipIf(process.platform === 'win32')('checking now from the command line', () => {
  it('shows every account, also when one forum could not be asked', async () => {
    const failed = await runRefresh(fail('offline', { host: 'rust.example' }))
    expect(failed.status).toBe(1)
    expect(failed.wrong).toContain('cannot reach rust.example')
    expect(failed.printed).toMatch(/8 new on 2 forums.*Meta.*Rust Users/s)
  })

  it('of one account shows that account only', async () => {
    const { status, printed } = await runRefresh(ok(null), 'rust')
    expect(status).toBe(0)
    expect(printed).toContain('Rust Users')
    expect(printed).not.toContain('Meta')
  })

  it('prints one JSON value, whatever failed', async () => {
    const { status, printed, wrong } = await runRefresh(fail('offline', { host: 'rust.example' }), '--json')
    expect([status, wrong]).toEqual([1, ''])
    expect(JSON.parse(printed).accounts).toHaveLength(2)
  })
})
