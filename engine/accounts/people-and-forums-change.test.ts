import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// An account is its forum's user, whatever they are called and wherever the forum is.

const { forumOf, rigOf } = setUpRigs()

describe('a user who is renamed on the forum (case c12)', () => {
  it('is the same account, when signing in again as well, and links follow with the next answer', async () => {
    const forum = await forumOf({ users: [{ username: 'nora' }] })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'nora')
    forum.updateUser('nora', { username: 'nora_b' })
    expectOk(await rig.run('account.refresh', { account: id }))
    const { accounts } = rig.engine.snapshot()
    expect(accounts).toMatchObject([{ id, username: 'nora_b' }])
    expect(accounts[0]?.links.notifications).toBe(`${forum.url}/u/nora_b/notifications`)
    forum.updateUser('nora_b', { username: 'nora_c' })
    forum.revokeKeys('nora_c')
    expect(await rig.connect(forum, 'nora_c')).toBe(id)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, username: 'nora_c' }])
  })

  it('leaves the name to somebody else, who is another account', async () => {
    const forum = await forumOf({ users: [{ username: 'nora' }] })
    const rig = await rigOf()
    const nora = await rig.connect(forum, 'nora')
    forum.updateUser('nora', { username: 'nora_b' })
    forum.createUser({ username: 'nora' })
    rig.clock.advance(10_000)
    const other = await rig.connect(forum, 'nora')
    expect(other).not.toBe(nora)
    rig.clock.advance(10_000)
    expect(await rig.connect(forum, 'nora_b')).toBe(nora)
  })
})

describe('signing in again as somebody else', () => {
  it('says so, adds that account, and leaves the other as it is', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'bob' }] })
    const rig = await rigOf()
    const eve = await rig.connect(forum, 'eve')
    const { attempt } = expectOk(await rig.run('attempt.begin', { address: '', account: eve, method: 'redirect' }))
    const { redirect } = await forum.authorize({ authorizeUrl: rig.engine.authorizeUrl(attempt) ?? '', user: 'bob' })
    const { account: bob } = expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    expect(bob).not.toBe(eve)
    const { accounts, notices } = rig.engine.snapshot()
    expect(accounts.map(({ username }) => username)).toEqual(['eve', 'bob'])
    const params = { host: new URL(forum.url).host, username: 'bob', expected: 'eve' }
    expect(notices.map(({ failure }) => failure)).toEqual([{ code: 'signed_in_as_another', params }])
  })
})

describe('a forum that moved (case c13)', () => {
  const moved = async (users = [{ username: 'eve' }]) => {
    const from = await forumOf()
    const to = await forumOf({ title: 'New Meta', users })
    const rig = await rigOf()
    const id = await rig.connect(from, 'eve')
    // The forum took its keys along.
    const { key } = to.grantKey({ user: 'eve', scopes: ['notifications', 'session_info'], clientId: 'c' })
    await rig.engine.stop()
    const secrets = JSON.parse(rig.keychain.items.get(rigItem) ?? '')
    rig.keychain.items.set(rigItem, JSON.stringify({ ...secrets, keys: { [id]: key } }))
    from.fault({ kind: 'redirect', to: to.url, status: 301 })
    await rig.restart()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'stale')
    return { from, to, rig, id, host: new URL(to.url).host }
  }

  it('is followed when the user says so, and the account stays what it was', async () => {
    const { to, rig, id, host } = await moved()
    const state = rig.engine.snapshot().accounts[0]?.state
    expect(state).toMatchObject({ failure: { code: 'site_moved', params: { target: host } } })
    to.clearRequests()
    expectOk(await rig.run('account.move', { account: id, host }))
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    expect(rig.engine.snapshot().accounts).toMatchObject([
      { id, username: 'eve', site: { base: to.url, title: 'New Meta' } },
    ])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').owners[id].base).toBe(to.url)
    await rig.restart()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('gets no key at a host that the user has not confirmed', async () => {
    const { to, rig, id } = await moved()
    to.clearRequests()
    expect(await rig.run('account.move', { account: id, host: 'evil.example' })).toMatchObject({
      failure: { code: 'site_redirects' },
    })
    expect(to.requests.filter(({ keyed }) => keyed)).toEqual([])
  })

  it('is not followed when the key belongs to somebody else there', async () => {
    const { from, rig, id, host } = await moved([{ username: 'someone' }, { username: 'eve' }])
    expect(await rig.run('account.move', { account: id, host })).toEqual({
      ok: false,
      failure: { code: 'move_refused', params: { host, username: 'eve' } },
    })
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, site: { base: from.url } }])
  })

  it('takes a waiting revocation along, which is then done', async () => {
    const { to, rig, id, host } = await moved()
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({ failure: { code: 'site_moved' } })
    expectOk(await rig.run('account.move', { account: id, host }))
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(to.keys('eve')[0]?.revokedAt).not.toBeNull()
  })

  it('that answers where it was is left there', async () => {
    const { from, rig, id, host } = await moved()
    from.clearFaults()
    expect(await rig.run('account.move', { account: id, host })).toMatchObject({ failure: { code: 'move_not_needed' } })
  })

  it.each(['drop', 'html'] as const)('whose old address cannot say where to is left there: %s', async (kind) => {
    const { from, to, rig, id, host } = await moved()
    from.clearFaults()
    from.fault({ kind })
    to.clearRequests()
    expect(await rig.run('account.move', { account: id, host })).toEqual({
      ok: false,
      failure: { code: 'move_unanswered', params: { host: new URL(from.url).host } },
    })
    expect(to.requests.filter(({ keyed }) => keyed)).toEqual([])
  })
})

describe('a forum with another title', () => {
  /** The account as it was saved when the forum had an earlier title. */
  const withOldTitle = async () => {
    const forum = await forumOf({ title: 'New title' })
    const rig = await rigOf({ hasImages: true })
    const id = await rig.connect(forum, 'eve')
    await rig.until(({ accounts }) => accounts[0]?.icon != null)
    await rig.engine.stop()
    const settings = readFileSync(rig.settingsPath, 'utf8')
    writeFileSync(rig.settingsPath, settings.replace('New title', 'Old title'))
    rig.engine = { ...rig.engine, stop: async () => undefined }
    await rig.restart()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    expect(rig.engine.snapshot().accounts[0]?.site.title).toBe('Old title')
    return { forum, rig, id }
  }

  it('is called by it within a day', async () => {
    const { forum, rig } = await withOldTitle()
    await rig.pass(0, [forum])
    rig.clock.advance(86_400_000)
    await rig.until(({ accounts }) => accounts[0]?.site.title === 'New title')
  })

  it('is called by it when a trouble is over, and its icon is looked at again', async () => {
    const { forum, rig, id } = await withOldTitle()
    forum.fault({ kind: 'error-page', status: 503 })
    await rig.run('account.refresh', { account: id })
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('maintenance')
    forum.clearFaults()
    forum.clearRequests()
    rig.clock.advance(10_000)
    await rig.run('account.refresh', { account: id })
    await rig.until(({ accounts }) => accounts[0]?.site.title === 'New title')
    await expect.poll(() => forum.requests.some(({ path }) => path === '/images/icon.png')).toBe(true)
  })
})
