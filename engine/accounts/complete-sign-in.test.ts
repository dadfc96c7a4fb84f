import { constants, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { type EngineRig, expectOk, rigItem, startEngineRig } from '../../test/rig/engine-rig.ts'
import { fc } from '../../test/rig/properties.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Any web page can open `discourse:` addresses. While a sign-in waits, thousands of hostile ones arrive.

let forum: Forum
let rig: EngineRig
let publicKey = ''
beforeAll(async () => {
  forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }] })
  rig = await startEngineRig()
  expectOk(await rig.engine.begin(forum.url, 'redirect'))
  publicKey = JSON.parse(rig.keychain.items.get(rigItem) ?? '').keypair.publicKey
})
afterAll(async () => {
  await rig.stop()
  await forum.stop()
})

/** What an attacker can encrypt, for our public key stands in the authorize address. */
const encrypted = (text: string): string => {
  const padding = text.length % 2 === 0 ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING
  return publicEncrypt({ key: publicKey, padding }, Buffer.from(text)).toString('base64')
}

const inside = fc.oneof(
  fc.string({ maxLength: 100 }),
  fc.json({ maxDepth: 2 }).map((text) => text.slice(0, 100)),
  fc
    .record({ key: fc.string({ maxLength: 40 }), nonce: fc.string({ maxLength: 40 }), api: fc.nat() })
    .map((payload) => JSON.stringify(payload).slice(0, 200)),
)
const bytes = fc.uint8Array({ minLength: 200, maxLength: 300 }).map((block) => Buffer.from(block).toString('base64'))
const answer = fc
  .tuple(
    fc.oneof(inside.map(encrypted), bytes, fc.string()),
    fc.constantFrom('', 'payload', 'oneTimePassword', 'payload=x&oneTimePassword'),
  )
  .map(([text, name]) => (name === '' ? text : `discourse://auth_redirect?${name}=${encodeURIComponent(text)}`))

describe('a waiting sign-in', () => {
  it('accepts none of 10,000 hostile answers, throws at none, and asks the forum about none', async () => {
    forum.clearRequests()
    const allowed = ['payload_rejected', 'payload_cut', 'redirect_invalid', 'too_many_tries', 'token_not_asked']
    await fc.assert(
      fc.asyncProperty(answer, async (text) => {
        // Beyond the few tries of a minute nothing would be looked at.
        rig.clock.advance(10)
        const result = await rig.run('attempt.accept', { text })
        expect(result.ok ? 'accepted' : result.failure.code).toSatisfy((code: string) => allowed.includes(code))
      }),
      { numRuns: 10_000 },
    )
    expect(forum.requests).toEqual([])
    expect(rig.engine.snapshot().accounts).toEqual([])
  })

  it('says the same about every answer that can be decrypted but does not fit', async () => {
    const wrong = ['{}', 'null', '[]', '{"key":1,"nonce":2}', `{"key":"${'a'.repeat(32)}","nonce":"${'0'.repeat(32)}"}`]
    for (const text of wrong) {
      rig.clock.advance(61_000)
      const result = await rig.run('attempt.accept', { text: encrypted(text) })
      expect(result).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
    }
  })
})

const { forumOf, rigOf } = setUpRigs()

describe('an answer that does not fit', () => {
  const begin = async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect = '', payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    return { forum, rig, begun, redirect, payload: payload.replace(/\s/g, '') }
  }

  it('is refused when truncated, and the whole one still works', async () => {
    const { rig, payload } = await begin()
    const answer = await rig.run('attempt.accept', { text: payload.slice(0, -60) })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_cut' } })
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { failure: { code: 'payload_cut' } } }])
    expectOk(await rig.run('attempt.accept', { text: payload }))
  })

  it('is refused when it belongs to another installation, alike in every word', async () => {
    const { rig } = await begin()
    const other = await begin()
    const answer = await rig.run('attempt.accept', { text: other.payload })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
  })

  it('is refused when it belongs to an attempt that is gone', async () => {
    const { rig, forum, begun, redirect } = await begin()
    expectOk(await rig.run('attempt.dismiss', { attempt: begun.attempt }))
    expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
  })

  it('is refused the second time', async () => {
    const { rig, redirect } = await begin()
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'nothing_waiting' } })
  })

  it('is refused after ten minutes, and the attempt says so', async () => {
    const { rig, redirect } = await begin()
    rig.clock.advance(10 * 60_000)
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { kind: 'expired' } }])
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'nothing_waiting' } })
  })

  it('is refused when it is no answer at all', async () => {
    const { rig } = await begin()
    for (const text of ['', 'hello', 'discourse://auth_redirect', 'https://example.org/?payload=abc']) {
      expect(await rig.run('attempt.accept', { text })).toEqual({ ok: false, failure: { code: 'redirect_invalid' } })
    }
  })

  it('says no more than that there are too many after a few in a minute, and still accepts the right one', async () => {
    const { rig, payload } = await begin()
    const wrong = `${payload.slice(0, -8)}AAAAAA==`
    for (let tries = 0; tries < 8; tries++) await rig.run('attempt.accept', { text: wrong })
    expect(await rig.run('attempt.accept', { text: wrong })).toMatchObject({
      failure: { code: 'too_many_tries', params: { seconds: 60 } },
    })
    expectOk(await rig.run('attempt.accept', { text: payload }))
  })

  it('loses nothing when the forum is unreachable at that moment: the same answer works afterwards', async () => {
    const { rig, forum, redirect } = await begin()
    // More than once, for a kept connection that breaks is replaced without a word.
    forum.fault({ kind: 'drop', path: '/session/current.json' })
    expect(await rig.run('attempt.accept', { text: redirect })).toMatchObject({ failure: { code: 'connection_lost' } })
    expect(rig.engine.snapshot().attempts).toMatchObject([
      { state: { kind: 'waiting', failure: { code: 'connection_lost' } } },
    ])
    forum.clearFaults()
    expectOk(await rig.run('attempt.accept', { text: redirect }))
  })
})
