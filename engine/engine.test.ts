import { readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectOk, rigItem } from '../test/rig/engine-rig.ts'
import { createMemoryKeychain } from '../test/rig/memory-keychain.ts'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'
import { createHttp } from './discourse/http.ts'

// The engine against a simulated forum over real HTTP; only the clock and the keychain are doubles.

const { forumOf, rigOf } = setUpRigs()

describe.each(['2.9', '3.4', 'latest'] as const)('signing in on a forum of version %s', (profile) => {
  it.each(['redirect', 'paste'] as const)('connects by %s, and reads counts that follow the forum', async (method) => {
    const forum = await forumOf({ profile })
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.notify({ user: 'eve', type: 'private_message' })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve', method)
    expect(rig.engine.snapshot().accounts).toMatchObject([
      {
        id,
        username: 'eve',
        site: { base: forum.url, title: 'Meta' },
        state: { kind: 'fresh' },
        counts: { total: 2 },
        scopes: ['notifications', 'session_info'],
        links: { apps: `${forum.url}/u/eve/preferences/apps` },
      },
    ])
    forum.notify({ user: 'eve', type: 'replied' })
    await rig.pass(67_000, [forum])
    await rig.until(({ accounts }) => accounts[0]?.counts?.total === 3)
    forum.markRead('eve', 'all')
    forum.see('eve')
    await rig.pass(67_000, [forum])
    await rig.until(({ accounts }) => accounts[0]?.counts?.total === 0)
  })

  it('revokes on the forum and forgets here', async () => {
    const forum = await forumOf({ profile })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    expect(await rig.run('account.revoke', { account: id })).toEqual({ ok: true, value: null })
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    expect(rig.engine.snapshot().accounts).toEqual([])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '')).toMatchObject({ keys: {} })
    expect(readFileSync(rig.settingsPath, 'utf8')).not.toMatch(/\beve\b/)
  })
})

describe('the next snapshot', () => {
  it('is one for everything that follows from an answer', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.pass(0, [forum])
    rig.engine.setPresence({ user: 'locked' })
    forum.notify({ user: 'eve', type: 'mentioned' })
    const seen: (number | undefined)[][] = []
    rig.engine.subscribe(({ accounts }) => seen.push([accounts[0]?.counts?.total, accounts[0]?.items?.length]))
    expectOk(await rig.run('account.refresh', {}))
    expect(seen).toEqual([[1, 1]])
  })

  it('holds what has not changed as the same objects, so that the change alone need be told', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'mallory' }] })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    const before = rig.engine.snapshot()
    await rig.connect(forum, 'mallory')
    const after = rig.engine.snapshot()
    expect(after.accounts[0]).toBe(before.accounts[0])
    expect(after.accounts).toHaveLength(2)
    const kept = before.attempts.filter(({ state }) => state.kind === 'waiting')
    expect(kept).toHaveLength(1)
    for (const attempt of kept) expect(after.attempts.find(({ id }) => id === attempt.id)).toBe(attempt)
    expect(after.vault).toBe(before.vault)
    expect(after.keypair).toBe(before.keypair)
    expect(after.notices).toBe(before.notices)
  })
})

describe('what is kept on this computer', () => {
  it('shows the last numbers after a restart, and goes on', async () => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.restart()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ state: { kind: 'new' }, counts: { total: 1 } }])
    await rig.pass(1, [forum])
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it.each(['{"version":1,"accounts":[{', '[]', '{"version":2}', ''])('sets aside the settings %j', async (settings) => {
    const rig = await rigOf({ settings })
    const [notice] = rig.engine.snapshot().notices
    const kept = String(notice?.failure.params?.['file'])
    expect(notice?.failure.code).toBe('settings_damaged')
    expect(readFileSync(kept, 'utf8')).toBe(settings)
    expectOk(await rig.run('notice.dismiss', { notice: notice?.id ?? '' }))
    expect(rig.engine.snapshot().notices).toEqual([])
  })

  it('waits at a locked keychain without touching what is in it', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const before = new Map(rig.keychain.items)
    rig.keychain.trouble = new Error('The keyring is locked')
    await rig.restart()
    await rig.pass(1, [forum])
    const locked = await rig.until(({ accounts }) => accounts[0]?.state.kind === 'locked')
    expect(locked.vault).toEqual({ kind: 'unavailable', failure: { code: 'keychain_locked' } })
    expect(await rig.engine.begin(forum.url, 'paste')).toMatchObject({ failure: { code: 'keychain_locked' } })
    expect(rig.keychain.items).toEqual(before)
    rig.keychain.trouble = undefined
    // Whatever opens it, all that waited goes on: here it is beginning another sign-in.
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    await rig.pass(1, [forum])
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('never overwrites a keychain item it cannot read', async () => {
    const keychain = createMemoryKeychain()
    keychain.items.set(rigItem, 'not ours')
    const rig = await rigOf({ keychain, sessionAgreed: true })
    expect(rig.engine.snapshot().vault).toMatchObject({ failure: { code: 'keychain_damaged' } })
    expect(keychain.items.get(rigItem)).toBe('not ours')
  })

  it('adds nothing without a keychain until the user agrees to memory only', async () => {
    const forum = await forumOf()
    const keychain = createMemoryKeychain()
    keychain.trouble = new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
    const rig = await rigOf({ keychain })
    expect(await rig.engine.begin(forum.url, 'paste')).toMatchObject({ failure: { code: 'keychain_unavailable' } })
    expectOk(await rig.run('vault.useSession', {}))
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().vault).toEqual({ kind: 'session' })
    expect(keychain.items.size).toBe(0)
  })
})

describe('an engine that has been stopped', () => {
  it('leaves no timer behind, and writes nothing any more', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expectOk(await rig.engine.begin(forum.url, 'device'))
    forum.fault({ kind: 'latency', ms: 2000, path: '/notifications/totals.json', times: 1 })
    const cut = rig.run('account.refresh', {})
    await rig.engine.stop()
    await cut
    expect(rig.clock.pending()).toBe(0)
    const before = readFileSync(rig.settingsPath, 'utf8')
    writeFileSync(rig.settingsPath, 'another instance')
    rig.clock.advance(24 * 60 * 60_000)
    expect(readFileSync(rig.settingsPath, 'utf8')).toBe('another instance')
    writeFileSync(rig.settingsPath, before)
  })
})

describe('an engine whose connections do not end', () => {
  it('has written what matters all the same', async () => {
    const stack = createHttp({ userAgent: 'DiscourseNotifier/test' })
    let isStuck = true
    const close = (): Promise<void> => (isStuck ? new Promise(() => undefined) : stack.close())
    const rig = await rigOf({ http: { ...stack, close } })
    await rig.connect(await forumOf(), 'eve')
    // Numbers wait for up to two seconds of the clock, which stands still.
    writeFileSync(rig.settingsPath, '{}')
    void rig.engine.stop()
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8'))).toMatchObject({ accounts: [{ username: 'eve' }] })
    const budgets = path.join(path.dirname(rig.settingsPath), 'state', 'budgets.json')
    await expect.poll(() => JSON.parse(readFileSync(budgets, 'utf8'))).toMatchObject({ endedInOrder: true })
    isStuck = false
  })
})

describe('commands from outside', () => {
  it.each([
    ['no.such', {}],
    ['toString', {}],
    [7, {}],
    ['account.revoke', {}],
    ['account.revoke', { account: 7 }],
    ['account.revoke', { account: 'x', more: true }],
    ['attempt.accept', null],
    ['site.inspect', { address: 'x'.repeat(3000) }],
  ])('%j with %j are refused', async (name, input) => {
    const rig = await rigOf()
    expect(await rig.engine.execute(name, input)).toMatchObject({ failure: { code: 'command_invalid' } })
  })
})

describe('a test notification', () => {
  it.each([{ kind: 'shown' }, { kind: 'unsupported' }, { kind: 'failed', reason: 'no room' }] as const)(
    'is shown, and what became of it is told: %o',
    async (outcome) => {
      const rig = await rigOf({ outcome })
      expect(await rig.run('alert.test', {})).toEqual({ ok: true, value: outcome })
      expect(rig.alerts).toMatchObject([{ title: 'Discourse Notifier', body: expect.stringContaining('test') }])
    },
  )
})
