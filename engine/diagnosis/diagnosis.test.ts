import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../../common/contract/commands.ts'
import type { DiagnosisStep } from '../../common/contract/diagnosis.ts'
import { fail } from '../../common/contract/failure.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

const { forumOf, rigOf } = setUpRigs()

const diagnose = async (rig: EngineRig, input: CommandInput<'diagnose.site'>) =>
  expectOk(await rig.run('diagnose.site', input))

/** Each step in a word: `ok`, `skipped`, or why not. */
const brief = (steps: readonly DiagnosisStep[]) =>
  Object.fromEntries(
    steps.map((step) => [step.name, step.outcome === 'failed' ? step.failure.code : step.outcome] as const),
  )

const all = (outcome: string) =>
  Object.fromEntries(
    ['address', 'name', 'connection', 'forum', 'signIn', 'key', 'totals', 'live'].map((name) => [name, outcome]),
  )

describe('the way to a forum, step by step', () => {
  it('goes as far as signing in where there is no account', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const steps = await diagnose(rig, { address: forum.url })
    expect(brief(steps)).toEqual({ ...all('ok'), key: 'skipped', totals: 'skipped', live: 'skipped' })
    expect(steps).toContainEqual({
      name: 'forum',
      outcome: 'ok',
      fact: { kind: 'apiVersion', version: 4, title: 'Meta' },
    })
    expect(steps).toContainEqual({
      name: 'signIn',
      outcome: 'ok',
      fact: { kind: 'methods', methods: ['redirect', 'paste'] },
    })
  })

  it('goes all the way for an account, and changes nothing', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    forum.notify({ user: 'eve', type: 'mentioned' })
    await rig.pass(10_000, [forum])
    const before = rig.engine.snapshot()
    expect(before.accounts[0]?.isLive).toBe(true)
    const steps = await diagnose(rig, { account })
    expect(brief(steps)).toEqual(all('ok'))
    expect(steps).toContainEqual({ name: 'totals', outcome: 'ok', fact: { kind: 'total', total: 1 } })
    expect(rig.engine.snapshot()).toBe(before)
    expect(forum.keys('eve')).toHaveLength(1)
  })

  it('knows the ways in of a newer forum, and that it wants no apps', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const { attempts } = rig.engine.snapshot()
    const open = await diagnose(rig, { address: forum.url })
    expect(open).toContainEqual({
      name: 'signIn',
      outcome: 'ok',
      fact: { kind: 'methods', methods: ['device', 'redirect', 'paste'] },
    })
    forum.configure({ allowedScopes: ['read'] })
    expect(brief(await diagnose(rig, { address: forum.url }))['signIn']).toBe('site_refuses_apps')
    expect(rig.engine.snapshot().attempts).toEqual(attempts)
  })

  it('finds the counts in the session of an older forum', async () => {
    const forum = await forumOf({ profile: '2.9' })
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    const steps = await diagnose(rig, { account })
    expect(steps).toContainEqual({ name: 'totals', outcome: 'ok', fact: { kind: 'totalInSession', total: 0 } })
  })

  it('ends where it fails: at the address, the connection, the forum', async () => {
    const rig = await rigOf()
    const skipped = all('skipped')
    expect(brief(await diagnose(rig, { address: 'nonsense' }))).toEqual({ ...skipped, address: 'address_invalid' })
    const forum = await forumOf()
    await forum.stop()
    const closed = { ...skipped, address: 'ok', name: 'ok', connection: 'connection_refused' }
    expect(brief(await diagnose(rig, { address: forum.url }))).toEqual(closed)
    const busy = await forumOf()
    busy.fault({ kind: 'error-page', status: 503 })
    const down = { ...skipped, address: 'ok', name: 'ok', connection: 'ok', forum: 'site_busy' }
    expect(brief(await diagnose(rig, { address: busy.url }))).toEqual(down)
  })

  it('tells a key in order from counts that are not', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'html', path: '/notifications/totals.json' })
    expect(brief(await diagnose(rig, { account }))).toMatchObject({ key: 'ok', totals: 'network_login' })
  })

  it('ends at a key that the forum refuses, and one that is not here', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    forum.revokeKeys('eve')
    const refused = { ...all('ok'), key: 'access_refused', totals: 'skipped', live: 'skipped' }
    expect(brief(await diagnose(rig, { account }))).toEqual(refused)
    // A question of ours is no reason to forget a key.
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('fresh')
    expect(await rig.run('diagnose.site', { account: 'nobody' })).toMatchObject({
      failure: { code: 'account_unknown' },
    })
  })

  it('asks the forum about a key that it had refused, and an account whose key is good again comes back', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    const [key] = forum.keys('eve')
    forum.revokeKeys('eve')
    const state = () => rig.engine.snapshot().accounts[0]?.state.kind
    await rig.pass(10 * 60_000, [forum])
    expect(state()).toBe('needsSignIn')
    forum.clearRequests()
    expect(brief(await diagnose(rig, { account }))).toMatchObject({ key: 'access_refused', totals: 'skipped' })
    expect(forum.requests.filter(({ path }) => path === '/session/current.json')).toHaveLength(1)
    expect(state()).toBe('needsSignIn')
    forum.undoRevokeKey(key?.id ?? 0)
    expect(brief(await diagnose(rig, { account }))).toMatchObject({ key: 'ok', totals: 'ok' })
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })
})

describe('the folders of the program', () => {
  it('are named, and opened by the shell', async () => {
    const opened: string[] = []
    const rig = await rigOf({
      logFolder: '/log',
      crashes: { folder: '/crashes', count: () => 2 },
      openFolder: async (folder) => opened.push(folder) === 1,
    })
    const { log, crashes, policy } = expectOk(await rig.run('diagnose.report', {}))
    expect({ log, crashes, policy }).toEqual({ log: '/log', crashes: { folder: '/crashes', count: 2 }, policy: null })
    expect(await rig.run('diagnose.openFolder', { folder: 'log' })).toEqual({ ok: true, value: null })
    expect(await rig.run('diagnose.openFolder', { folder: 'crashes' })).toEqual(
      fail('folder_not_opened', { path: '/crashes' }),
    )
    expect(opened).toEqual(['/log', '/crashes'])
  })

  it('are never others', async () => {
    const opened: string[] = []
    const rig = await rigOf({ logFolder: '/log', openFolder: async (folder) => opened.push(folder) > 0 })
    for (const folder of ['/etc', '../log', ''])
      expect(await rig.engine.execute('diagnose.openFolder', { folder })).toMatchObject({
        failure: { code: 'command_invalid' },
      })
    expect((await rig.run('diagnose.openFolder', { folder: 'crashes' })).ok).toBe(false)
    expect(opened).toEqual([])
  })
})

describe('what the administrator has decided', () => {
  it('is told, and what of it is not followed as a notice as well', async () => {
    const failure = fail('policy_invalid', { file: '/policy.json', reason: 'why' }).failure
    const sites = ['meta.discourse.org']
    const proxy = { kind: 'none' } as const
    const policy = { file: '/policy.json', sites, proxy, mayUpdate: false, failures: [failure] }
    const rig = await rigOf({ policy })
    expect(expectOk(await rig.run('diagnose.report', {})).policy).toEqual({
      ...{ file: '/policy.json', sites: 1, proxy: 'none', mayUpdate: false },
      failures: [failure],
    })
    const { notices, presetSites, decided } = rig.engine.snapshot()
    expect(notices.map(({ failure: told }) => told)).toEqual([failure])
    expect(presetSites).toEqual(sites)
    expect(decided).toEqual({ proxy, mayUpdate: false })
  })
})

describe('the numbers about the program', () => {
  it('tell what each account has asked today, and until when its forum wants to be left alone', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    const report = expectOk(await rig.run('diagnose.report', {}))
    expect(report.platform).toContain(process.platform)
    expect(report.accounts).toEqual([
      {
        account,
        requestsToday: expect.any(Number),
        requestsADay: 2880,
        blockedUntil: null,
        channel: expect.anything(),
      },
    ])
    const first = report.accounts[0]?.requestsToday ?? 0
    expect(first).toBeGreaterThan(0)
    await rig.run('account.refresh', { account })
    forum.fault({ kind: 'limited', retryAfter: 600 })
    await rig.run('account.refresh', { account })
    const later = expectOk(await rig.run('diagnose.report', {})).accounts[0]
    expect(later?.requestsToday).toBeGreaterThan(first)
    expect(later?.blockedUntil).toBeGreaterThan(rig.clock.now())
  })
})
