import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { createMemoryKeychain } from '../../test/rig/memory-keychain.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// A crash at every point where one of the two stores has just been written, or is about to be: the program is started anew
// over what was on disk and in the keychain at that moment.

const { forumOf, rigOf } = setUpRigs()

interface Stores {
  readonly secrets: string
  readonly settings: string
}

/** A rig that remembers what both stores held at every moment that matters. */
const recordingRig = async () => {
  const keychain = createMemoryKeychain()
  const states: Stores[] = []
  let rig: EngineRig | undefined
  const record = (): void => {
    if (rig === undefined || !existsSync(rig.settingsPath)) return
    const state = { secrets: keychain.items.get(rigItem) ?? '', settings: readFileSync(rig.settingsPath, 'utf8') }
    const last = states.at(-1)
    if (last?.secrets !== state.secrets || last.settings !== state.settings) states.push(state)
  }
  const { set } = keychain
  keychain.set = async (item, text) => {
    record()
    await set(item, text)
    record()
  }
  rig = await rigOf({ keychain })
  rig.engine.subscribe(record)
  return { rig, states, record }
}

const startFrom = async ({ secrets, settings }: Stores): Promise<EngineRig> => {
  const keychain = createMemoryKeychain()
  if (secrets !== '') keychain.items.set(rigItem, secrets)
  return await rigOf({ keychain, settings })
}

/** Starts from what a cut left, with the same answer again if it is still waited for, until there is one good account. */
const finishFrom = async (cut: Stores, text: string): Promise<EngineRig> => {
  const again = await startFrom(cut)
  const isWaiting = again.engine.snapshot().attempts.some(({ state }) => state.kind === 'waiting')
  if (isWaiting) await again.run('attempt.accept', { text })
  await again.until(({ accounts }) => accounts.length === 1 && accounts[0]?.state.kind === 'fresh')
  return again
}

it('a sign-in cut off anywhere after it began ends in the account, by itself or with the same answer', async () => {
  const forum = await forumOf()
  const { rig, states, record } = await recordingRig()
  const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
  record()
  const first = states.length - 1
  const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expectOk(await rig.run('attempt.accept', { text: redirect }))
  record()
  await rig.engine.stop()
  const cuts = states.slice(first)
  // The nonce, the key that arrived, the account: each is written by itself.
  expect(cuts.length).toBeGreaterThan(3)
  for (const cut of cuts) {
    rig.clock.advance(10_000)
    const again = await finishFrom(cut, redirect)
    expect(again.engine.snapshot().accounts).toHaveLength(1)
    expect(JSON.parse(again.keychain.items.get(rigItem) ?? '')).toMatchObject({ nonces: {}, received: {}, retired: [] })
    await again.engine.stop()
  }
  expect(forum.keys('eve').map(({ revokedAt }) => revokedAt)).toEqual([null])
})

it.each([
  ['at once', 0],
  ['an hour later', 3_600_000],
])(
  'the one answer to a device code outlives a crash before the keychain had it; started again %s',
  async (_, later) => {
    const forum = await forumOf({ profile: 'latest' })
    const keychain = createMemoryKeychain()
    const rig = await rigOf({ keychain })
    const begun = expectOk(await rig.engine.begin(forum.url, 'device'))
    const { set } = keychain
    let cut: Stores | undefined
    keychain.set = async (item, text) => {
      cut ??= { secrets: keychain.items.get(rigItem) ?? '', settings: readFileSync(rig.settingsPath, 'utf8') }
      await set(item, text)
    }
    const { authorizeUrl, userCode } = begun
    await forum.approveDevice({
      verificationUrl: authorizeUrl,
      userCode: userCode ?? '',
      user: 'eve',
      decision: 'authorize',
    })
    await rig.pass(5000, [forum])
    await expect.poll(() => cut).toBeDefined()
    await rig.engine.stop()

    rig.clock.advance(later)
    const again = await startFrom(cut ?? { secrets: '', settings: '' })
    const { accounts } = await again.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    expect(accounts).toMatchObject([{ username: 'eve' }])
    expect(readFileSync(again.settingsPath, 'utf8')).not.toContain('"payload"')
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt)).toEqual([null])
  },
)

it.each([
  ['signed in again, with the key that the forum has destroyed', true],
  ['added once more, with a key of another client', false],
])('an account that is %s, cut off anywhere, has one living key at the end', async (_, isRenewed) => {
  const forum = await forumOf()
  const { rig, states, record } = await recordingRig()
  const account = await rig.connect(forum, 'eve')
  const begun = expectOk(
    await rig.run('attempt.begin', { address: forum.url, method: 'paste', ...(isRenewed ? { account } : {}) }),
  )
  record()
  const first = states.length - 1
  const authorizeUrl = rig.engine.authorizeUrl(begun.attempt) ?? ''
  const { payload = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
  const granted = living(forum, 'eve')
  expect(granted).toHaveLength(isRenewed ? 1 : 2)
  expectOk(await rig.run('attempt.accept', { text: payload }))
  record()
  await rig.engine.stop()
  const cuts = states.slice(first)
  expect(cuts.length).toBeGreaterThan(3)
  for (const cut of cuts) {
    rig.clock.advance(10_000)
    const again = await finishFrom(cut, payload)
    await expect.poll(() => living(forum, 'eve').map(({ id }) => id)).toEqual([granted.at(-1)?.id])
    await expect
      .poll(() => JSON.parse(again.keychain.items.get(rigItem) ?? ''))
      .toMatchObject({ nonces: {}, received: {}, retired: [] })
    await again.engine.stop()
  }
})

/** Begins a sign-in by short code, and has the user approve it. @returns the attempt */
const approveCode = async (rig: EngineRig, forum: Forum, user: string): Promise<string> => {
  const { attempt, authorizeUrl, userCode } = expectOk(await rig.engine.begin(forum.url, 'device'))
  await forum.approveDevice({ verificationUrl: authorizeUrl, userCode: userCode ?? '', user, decision: 'authorize' })
  return attempt
}
const living = (forum: Forum, user: string) => forum.keys(user).filter(({ revokedAt }) => revokedAt === null)

it.each(['the same run', 'the next'])(
  'an answer to a short code that was lost leaves no key behind once the user has signed in again, in %s',
  async (run) => {
    const forum = await forumOf({ profile: 'latest', users: [{ username: 'eve' }, { username: 'joe' }] })
    const rig = await rigOf()
    forum.fault({ kind: 'drop-answer', path: '/user-api-key/device/poll', times: 1 })
    const lost = await approveCode(rig, forum, 'eve')
    await rig.pass(60_000, [forum])
    expect(rig.engine.snapshot().attempts.find(({ id }) => id === lost)?.state.kind).toBe('expired')
    expect(living(forum, 'eve')).toHaveLength(1)
    if (run === 'the next') await rig.restart()

    await approveCode(rig, forum, 'eve')
    await rig.pass(60_000, [forum])
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    const [key, another] = living(forum, 'eve')
    expect([key?.clientId, another]).toEqual([savedClientIds(rig)[0], undefined])

    // Somebody else on the same forum has an id of their own, and both keys live.
    await approveCode(rig, forum, 'joe')
    await rig.pass(60_000, [forum])
    await rig.until(({ accounts }) => accounts.length === 2 && accounts.every(({ state }) => state.kind === 'fresh'))
    expect(new Set(savedClientIds(rig)).size).toBe(2)
    expect([living(forum, 'eve').length, living(forum, 'joe').length]).toEqual([1, 1])
  },
)

const savedClientIds = (rig: EngineRig): readonly string[] =>
  JSON.parse(readFileSync(rig.settingsPath, 'utf8')).accounts.map(({ clientId }: { clientId: string }) => clientId)

it('a revocation cut off anywhere leaves no key without an account, and brings no account back', async () => {
  const forum = await forumOf()
  const { rig, states, record } = await recordingRig()
  const id = await rig.connect(forum, 'eve')
  record()
  const first = states.length
  expectOk(await rig.run('account.revoke', { account: id }))
  record()
  await rig.engine.stop()
  const cuts = states.slice(first)
  expect(cuts.length).toBeGreaterThan(1)
  for (const cut of cuts) {
    rig.clock.advance(60_000)
    const again = await startFrom(cut)
    await again.until(({ accounts }) => accounts.length === 0)
    await expect.poll(() => JSON.parse(again.keychain.items.get(rigItem) ?? '').keys).toEqual({})
    await again.engine.stop()
  }
})
