import { constants, publicEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openSignedInPrefix } from '../../common/contract/bridge.ts'
import { oneTimeScope as scope } from '../../common/contract/scope.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { oneTimeInBrowser } from '../../test/forum/member-in-browser.ts'
import { type EngineRig, expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Opening a forum in the browser with its user logged in, by a one-time password.

const { forumOf, rigOf } = setUpRigs()

/** Signs eve in with the optional scope, and gives the account's link. */
const connect = async (rig: EngineRig, forum: Forum): Promise<string> => {
  const { attempt } = expectOk(await rig.engine.begin(forum.url, 'redirect'))
  expectOk(await rig.run('attempt.scope', { attempt, scope, wanted: true }))
  const authorizeUrl = rig.engine.authorizeUrl(attempt) ?? ''
  const { redirect = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
  const { account, outcome } = expectOk(await rig.run('attempt.accept', { text: redirect }))
  expect(outcome).toBe('connected')
  return linkOf(rig, account)
}

const linkOf = (rig: EngineRig, id: string): string => {
  const path = rig.engine.snapshot().accounts.find((account) => account.id === id)?.links.signedIn ?? ''
  expect(path.startsWith(openSignedInPrefix)).toBe(true)
  return path.slice(openSignedInPrefix.length)
}

/** The page where a token is made, once the one that came with the sign-in is used. */
const pageOf = async (rig: EngineRig, link: string): Promise<string> => {
  await rig.engine.signedInUrl(link)
  return (await rig.engine.signedInUrl(link)) ?? ''
}

const confirm = (forum: Forum, page: string): Promise<string> => oneTimeInBrowser(page, forum.updateUser('eve', {}))

/** Whether the button of the page at the address logs a browser in. */
const logsIn = async (url: string): Promise<boolean> => {
  const page = await (await fetch(url)).text()
  const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ authenticity_token: token })
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', body })
  return answer.headers.getSetCookie().length > 0
}

const notAsked = { ok: false, failure: { code: 'token_not_asked' } }

describe.each(['2.9', '3.4', 'latest'] as const)('a forum of %s', (profile) => {
  it('opens logged in with the token that came with the sign-in, once', async () => {
    const forum = await forumOf({ profile })
    const rig = await rigOf()
    const link = await connect(rig, forum)
    const url = (await rig.engine.signedInUrl(link)) ?? ''
    expect(url).toMatch(new RegExp(`^${forum.url}/session/otp/[0-9a-f]{32}$`))
    expect(await logsIn(url)).toBe(true)
    expect(await rig.engine.signedInUrl(link)).toContain(`${forum.url}/user-api-key/otp?`)
    expect(JSON.stringify(rig.engine.snapshot())).not.toContain(url.slice(-32))
  })

  it('opens logged in later, after the user has confirmed it there', async () => {
    const forum = await forumOf({ profile, path: '/forum' })
    const rig = await rigOf()
    const text = await confirm(forum, await pageOf(rig, await connect(rig, forum)))
    expect(text).toMatch(/^discourse:\/\/auth_redirect\?oneTimePassword=/)
    const accepted = expectOk(await rig.run('attempt.accept', { text }))
    expect(accepted).toEqual({ account: rig.engine.snapshot().accounts[0]?.id, outcome: 'opened' })
    expect(rig.opened).toEqual([expect.stringMatching(new RegExp(`^${forum.url}/session/otp/[0-9a-f]{32}$`))])
    expect(await logsIn(rig.opened[0] ?? '')).toBe(true)
    // A second time nothing is expected any more.
    expect(await rig.run('attempt.accept', { text })).toEqual(notAsked)
    expect(rig.opened).toHaveLength(1)
  })
})

describe('a one-time password', () => {
  it('is not offered without its scope, where no redirect arrives, or while access is taken back', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().accounts[0]?.links.signedIn).toBeNull()
    const link = await connect(rig, forum)
    forum.setReadOnly(true)
    const { id = '' } = rig.engine.snapshot().accounts[0] ?? {}
    await rig.run('account.revoke', { account: id })
    expect(rig.engine.snapshot().accounts[0]?.links.signedIn).toBeNull()
    expect(await rig.engine.signedInUrl(link)).toBeUndefined()
    expect(await rig.engine.signedInUrl('0'.repeat(32))).toBeUndefined()
  })

  it('that came with the sign-in is forgotten before the forum does', async () => {
    const rig = await rigOf()
    const link = await connect(rig, await forumOf())
    rig.clock.advance(9 * 60_000)
    expect(await rig.engine.signedInUrl(link)).toContain('/user-api-key/otp?')
  })

  it('is not accepted unless it was asked for, or after ten minutes', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const text = await confirm(forum, await pageOf(rig, await connect(rig, forum)))
    rig.clock.advance(10 * 60_000)
    expect(await rig.run('attempt.accept', { text })).toEqual(notAsked)
    const stranger = await rigOf()
    expect(await stranger.run('attempt.accept', { text })).toEqual(notAsked)
    expect([...rig.opened, ...stranger.opened]).toEqual([])
  })

  it('of one forum never reaches another, in whatever order they were asked', async () => {
    const [one, two] = [await forumOf({ title: 'One' }), await forumOf({ title: 'Two' })]
    const rig = await rigOf()
    const pages = [await pageOf(rig, await connect(rig, one)), await pageOf(rig, await connect(rig, two))] as const
    expectOk(await rig.run('attempt.accept', { text: await confirm(one, pages[0]) }))
    expectOk(await rig.run('attempt.accept', { text: await confirm(two, pages[1]) }))
    expect(rig.opened.map((url) => new URL(url).origin)).toEqual([one.origin, two.origin])
  })

  it('made by who knows only the public key of sign-ins opens nothing, nor does one of another form', async () => {
    const rig = await rigOf()
    const page = await pageOf(rig, await connect(rig, await forumOf()))
    const forSignIns: string = JSON.parse(rig.keychain.items.get(rigItem) ?? '').keypair.publicKey
    const forThis = new URL(page).searchParams.get('public_key') ?? ''
    expect(forThis).not.toBe(forSignIns)
    const hostile = [
      [forSignIns, 'a'.repeat(32)],
      [forThis, 'A'.repeat(32)],
      [forThis, `${'a'.repeat(32)}/../../admin`],
      [forThis, '../'.repeat(10)],
      [forThis, ''],
    ] as const
    for (const [key, token] of hostile) {
      for (const padding of [constants.RSA_PKCS1_PADDING, constants.RSA_PKCS1_OAEP_PADDING]) {
        rig.clock.advance(10_000)
        const encrypted = publicEncrypt({ key, padding }, Buffer.from(token)).toString('base64')
        const text = `discourse://auth_redirect?oneTimePassword=${encodeURIComponent(encrypted)}`
        expect(await rig.run('attempt.accept', { text })).toEqual(notAsked)
      }
    }
    expect(rig.opened).toEqual([])
  })

  it('that is wrong is told to be one too many after a few in a minute; the right one is still accepted', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const text = await confirm(forum, await pageOf(rig, await connect(rig, forum)))
    const wrong = `discourse://auth_redirect?oneTimePassword=${'A'.repeat(342)}%3D%3D`
    for (let tries = 0; tries < 8; tries++) expect(await rig.run('attempt.accept', { text: wrong })).toEqual(notAsked)
    expect(await rig.run('attempt.accept', { text: wrong })).toMatchObject({ failure: { code: 'too_many_tries' } })
    expectOk(await rig.run('attempt.accept', { text }))
    expect(rig.opened).toHaveLength(1)
  })

  it('does not disturb a sign-in that waits', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const text = `discourse://auth_redirect?oneTimePassword=${'A'.repeat(342)}%3D%3D`
    expect(await rig.run('attempt.accept', { text })).toEqual(notAsked)
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { kind: 'waiting', failure: null } }])
  })
})
