import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
import { type Claim, claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { language } from '../output.ts'
import { runCli } from '../run-cli.ts'

let profile = ''
let claim: Claim | undefined
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'notifier-move-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await claim?.release()
  rmSync(profile, { recursive: true, force: true })
})

/** What the notifier is asked, and what is printed, while it answers the command as given. */
const runMove = async (answer: Result<null>, ...words: readonly string[]) => {
  const asked: ControlCall[] = []
  const printed: string[] = []
  claim = expectOk(await claimProfile(controlPath(profile)))
  claim?.answerWith(async (call) => {
    if (call.call === 'snapshot') return ok(snapshot({ accounts: [account()] }))
    asked.push(call)
    return answer
  })
  // In English, whatever the machine's language is.
  vi.spyOn(language, 'follow').mockResolvedValue()
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  }
  const status = await runCli(['move', ...words, '--profile', profile])
  return { asked, status, printed: printed.join('') }
}

describe.skipIf(process.platform === 'win32')('taking an account along from the command line', () => {
  it('names the account as other commands do, and the host that the key may go to', async () => {
    expect(await runMove(ok(null), 'meta', 'new.example')).toEqual({
      asked: [{ call: 'command', name: 'account.move', input: { account: 'account-1', host: 'new.example' } }],
      status: 0,
      printed: 'Meta as eve was moved to new.example.\n',
    })
  })

  it('says why that was not done', async () => {
    const { status, printed } = await runMove(fail('move_not_needed', { host: 'meta.example' }), 'meta', 'new.example')
    expect(status).toBe(1)
    expect(printed).toContain('meta.example answers at its old address')
  })

  it('takes no key anywhere that was not named', async () => {
    const { asked, status } = await runMove(ok(null), 'meta')
    expect([asked, status]).toEqual([[], 2])
  })
})
