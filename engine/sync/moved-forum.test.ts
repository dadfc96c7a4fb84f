import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { alertBodies, notify, setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { createHttp, type HttpRequest, type HttpStack } from '../discourse/http.ts'

// A forum that answers with redirects, or with 304, while its live channel is open.

const { forumOf, rigOf } = setUpRigs()

/** What is answered in the forum's place: a status, where it leads to, and to which requests. */
interface Standin {
  readonly status: number
  readonly base?: string
  readonly path?: RegExp
}

/** Keys with our scopes may not use the bus of a site in a folder (protocol.md 3). */
const mayBeLive = (base: string): boolean => new URL(base).pathname === '/'

const shown = (rig: EngineRig) => rig.engine.snapshot().accounts[0]
/** One forum under several addresses, each of which may answer with something else. */
const addressed = async (folder: string, bases: readonly string[]) => {
  const forum = await forumOf({ path: folder })
  const inner = createHttp({ userAgent: 'Notifier' })
  const standins = new Map<string, Standin>()
  const keyed: string[] = []
  const send = async (request: HttpRequest): ReturnType<HttpStack['send']> => {
    const base = bases.toSorted((a, b) => b.length - a.length).find((each) => request.url.startsWith(`${each}/`))
    if (base === undefined) return await inner.send(request)
    const rest = request.url.slice(base.length)
    if (request.key !== undefined) keyed.push(base)
    const standin = standins.get(base)
    if (standin === undefined || standin.path?.test(rest) === false)
      return await inner.send({ ...request, url: forum.url + rest })
    const { status, base: target } = standin
    const headers = new Map(target === undefined ? [] : [['location', target + rest]])
    return ok({ status, headers, bytes: new Uint8Array(), text: '' })
  }
  const rig = await rigOf({ http: { ...inner, send } })
  const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
  const [first = '', ...others] = bases
  for (const base of others) standins.set(base, { status: 404 })
  const begun = expectOk(await rig.run('attempt.begin', { address: first, allowPlain: true, method: 'redirect' }))
  const authorizeUrl = rig.engine.authorizeUrl(begun.attempt)?.replace(first, forum.url) ?? ''
  const { redirect } = await forum.authorize({ authorizeUrl, user: 'eve' })
  const { account } = expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
  await pass(1000)
  expect(shown(rig)).toMatchObject({ isLive: mayBeLive(first), site: { base: first } })
  return { forum, rig, pass, standins, keyed, account }
}

const news = async (forum: Forum, title: string, pass: (milliseconds: number) => Promise<void>) => {
  notify(forum, title)
  await pass(5000)
}
const told = (rig: EngineRig, title: string): number => alertBodies(rig).filter((body) => body?.includes(title)).length

describe('a forum that moves while its channel is open', () => {
  it.each([
    ['to another host', 301, '', 'https://old.example', 'https://new.example'],
    ['into a folder', 308, '/forum', 'https://old.example', 'https://old.example/forum'],
    ['out of a folder', 301, '', 'https://old.example/forum', 'https://old.example'],
    ['to https', 308, '', 'http://old.example', 'https://old.example'],
  ])(
    '%s, status %i, is followed when the user agrees; nothing is missed or told twice',
    async (_how, status, folder, from, to) => {
      const { forum, rig, pass, standins, keyed, account } = await addressed(folder, [from, to])
      standins.delete(to)
      standins.set(from, { status, base: to })
      keyed.length = 0
      await news(forum, 'Just moved', pass)
      await pass(180_000)
      expect(shown(rig)).toMatchObject({ isLive: false, state: { failure: { code: 'site_moved' } } })
      // The user has agreed to nothing yet.
      expect(keyed.filter((base) => base !== from)).toEqual([])
      const failure = shown(rig)?.state
      const target = failure !== undefined && 'failure' in failure ? failure.failure?.params?.['target'] : undefined
      expectOk(await rig.run('account.move', { account, host: String(target) }))
      await pass(10_000)
      expect(shown(rig)).toMatchObject({ isLive: mayBeLive(to), state: { kind: 'fresh' }, site: { base: to } })
      await news(forum, 'Settled', pass)
      if (!mayBeLive(to)) await pass(180_000)
      expect([told(rig, 'Just moved'), told(rig, 'Settled')]).toEqual([1, 1])
    },
  )
})

it.each([302, 307])('a forum that is away for a while, status %i, is read again by itself', async (status) => {
  const [from, to] = ['https://old.example', 'https://status.example']
  const { forum, rig, pass, standins, keyed } = await addressed('', [from, to])
  standins.set(from, { status, base: to })
  keyed.length = 0
  await news(forum, 'While away', pass)
  await pass(180_000)
  expect(shown(rig)).toMatchObject({ isLive: false, state: { failure: { code: 'site_redirects_temporarily' } } })
  expect(keyed.filter((base) => base !== from)).toEqual([])
  standins.delete(from)
  await pass(20 * 60_000)
  expect(shown(rig)).toMatchObject({ isLive: true, state: { kind: 'fresh' } })
  await news(forum, 'Back', pass)
  expect([told(rig, 'While away'), told(rig, 'Back')]).toEqual([1, 1])
})

it.each([301, 304])('a bus that answers %i is done without until it speaks again', async (status) => {
  const [from, to] = ['https://old.example', 'https://new.example']
  const { forum, rig, pass, standins } = await addressed('', [from, to])
  standins.set(from, { status, ...(status === 304 ? {} : { base: to }), path: /^\/message-bus\// })
  await news(forum, 'Without a bus', pass)
  await pass(10 * 60_000)
  expect(shown(rig)).toMatchObject({ isLive: false, counts: { total: 1 } })
  expect(told(rig, 'Without a bus')).toBe(1)
  standins.clear()
  await pass(60 * 60_000)
  expect(shown(rig)).toMatchObject({ isLive: true, state: { kind: 'fresh' } })
})
