import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Failure, ok, type Result } from '../../common/contract/failure.ts'
import { remedies } from '../../common/contract/remedies.ts'
import { failureSentence } from '../../common/i18n/i18n.ts'
import { languages } from '../../common/i18n/languages.ts'
import { account, meta, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { type Claim, claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { language, t } from '../output.ts'
import { runCli } from '../run-cli.ts'

// What the commands say of forums that are connected: the cause, and no advice for somebody who adds one.

let profile = ''
let claim: Claim | undefined
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'notifier-sentences-'))
  // In English, whatever the machine's language is.
  vi.spyOn(language, 'follow').mockImplementation(() => follow('en'))
})
const { follow } = language
afterEach(async () => {
  vi.restoreAllMocks()
  await claim?.release()
  claim = undefined
  rmSync(profile, { recursive: true, force: true })
})

const host = 'meta.example'
const refused: Failure = { code: 'connection_refused', params: { host } }
const accounts = [account({ items: [notification()] }), account({ id: 'account-2', site: rust })]
const ids = accounts.map(({ id }) => `${id}/1`)

/** What is printed while the notifier gives this answer to commands for the first account, and agrees to the others. */
const run = async (failure: Failure, words: readonly string[], shown = accounts) => {
  const printed: string[] = []
  const wrong: string[] = []
  const answer = (call: ControlCall): Result<unknown> => {
    if (call.call === 'snapshot') return ok(snapshot({ accounts: shown }))
    const isOther = call.call === 'command' && JSON.stringify(call.input ?? {}).includes('account-2')
    return isOther ? ok(null) : { ok: false, failure }
  }
  claim ??= expectOk(await claimProfile(controlPath(profile)))
  claim?.answerWith(async (call) => answer(call))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => wrong.push(String(text)) > 0)
  const status = await runCli([...words, '--profile', profile])
  return { status, printed: printed.join(''), wrong: wrong.join('') }
}

const commands = [
  ['refresh', 'meta'],
  ['read', '--forum', 'meta'],
  ['read', ids[0] ?? ''],
  ['revoke', 'meta'],
]

describe.skipIf(process.platform === 'win32')('a command for a forum that is connected', () => {
  it.each(commands)('says the cause only: %s %s', async (...words) => {
    const { status, wrong } = await run(refused, words)
    expect([status, wrong]).toEqual([1, 'discourse-notifier: eve@meta.example: The connection was refused.\n'])
  })

  const misleading = Object.keys(remedies)
    .map((code): Failure => ({ code: code as Failure['code'], params: { host, seconds: 7, status: 503, reason: 'x' } }))
    .filter((failure) => /Check the (address|spelling)|use that address/.test(failureSentence(t, failure)))
    // Those that only adding a forum, or a connection test, comes to.
    .filter(({ code }) => !['not_discourse', 'site_redirects'].includes(code))

  it.each(misleading)('never says to check the address of the forum: $code', async (failure) => {
    const { wrong } = await run(failure, ['read', '--forum', 'meta'])
    expect(wrong).toMatch(/^discourse-notifier: eve@meta.example: /)
    expect(wrong).not.toMatch(/Check the (address|spelling)/)
  })

  it.each([
    ['revoke', 'meta'],
    ['read', '--forum', 'meta'],
  ])('says what has become of a revocation: %s', async (...words) => {
    const waiting = account({ state: { kind: 'revoking', failure: refused } })
    const { wrong } = await run({ code: 'key_missing', params: { host } }, words, [waiting])
    expect(wrong).toBe(
      'discourse-notifier: eve@meta.example: not revoked yet: The connection was refused. Trying again automatically.\n',
    )
  })

  it('says when a forum can be asked again', async () => {
    const limited: Failure = { code: 'rate_limited', params: { host, seconds: 30 } }
    expect((await run(limited, ['read', '--forum', 'meta'])).wrong).toContain('Wait 30 s before the next one.')
  })
})

describe.skipIf(process.platform === 'win32')('a command for several', () => {
  it('does for the others what it was asked, and says which failed', async () => {
    const { status, printed, wrong } = await run(refused, ['read', '--all'])
    expect(status).toBe(1)
    expect(printed).toBe(`Everything on ${rust.title} as eve is marked as read.\n`)
    expect(wrong).toBe('discourse-notifier: eve@meta.example: The connection was refused.\n')
  })

  it.each([
    [['read', '--all'], { accounts: ['eve@rust.example'] }],
    [['read', ...ids], { read: 1 }],
  ])('prints one JSON value: %j', async (words, done) => {
    const both = [accounts[0] ?? account(), account({ id: 'account-2', site: rust, items: [notification()] })]
    const { status, printed } = await run(refused, [...words, '--json'], both)
    expect(status).toBe(1)
    const error = { code: 'connection_refused', message: 'eve@meta.example: The connection was refused.' }
    expect(JSON.parse(printed)).toEqual({ ...done, failed: [{ account: 'eve@meta.example', error }] })
  })

  it('ends a check with how many failed, whose reasons are in the list', async () => {
    const offline = account({ state: { kind: 'offline', since: 0, failure: refused } })
    const { status, wrong } = await run(refused, ['refresh'], [offline, account({ id: 'account-2', site: meta })])
    expect(status).toBe(1)
    expect(wrong).toBe('discourse-notifier: Accounts that could not be checked: 1 of 2. The list says why.\n')
  })
})

/** Mistakes of each kind in a command line. */
const mistakes = [
  ['stauts'],
  ['--json=yes', 'status'],
  ['help', 'frobnicate'],
  ['--color', 'auto'],
  ['status', '--jsn'],
  ['status', '-x'],
  ['status', '--color', 'sometimes'],
  ['status', '--format', 'xbr'],
  ['status', '--format', 'xbar', '--watch'],
  ['status', '--format', '{unraed}'],
  ['status', 'meta'],
  ['add'],
  ['add', 'meta.example', '--method'],
  ['completion', 'bsh'],
  ['list', '--limit', '0'],
  ['read'],
  ['pause', 'forever'],
  ['serve', '--port', '70000'],
  ['serve', '--interval', '1'],
]

describe.each(Object.keys(languages))('in %s a mistake in a command line', (tag) => {
  it.each(mistakes.map((words) => [words.join(' '), words] as const))(
    'is explained in that language: %s',
    async (_, words) => {
      const english = (await run(refused, words)).wrong
      vi.mocked(language.follow).mockImplementation(() => follow(tag))
      const { status, printed, wrong } = await run(refused, words)
      expect([status, printed]).toEqual([2, ''])
      // No sentence of the English one is left in it.
      const sentences = english.match(/[A-Z-][^.?]*[.?](?= |\n)/g) ?? []
      expect(sentences.length).toBeGreaterThan(1)
      if (tag !== 'en') expect(sentences.filter((sentence) => wrong.includes(sentence))).toEqual([])
      expect(wrong).not.toMatch(/\{\{|usage\./)
      // Languages that tell large letters from small ones begin with a large one.
      if (!['ja', 'zh-CN'].includes(tag)) expect(wrong).toMatch(/^discourse-notifier: [\p{Lu}\p{Lo}]/u)
    },
  )
})
