import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { type ForumOptions, startForum } from './start-forum.ts'

const EVE = '/notification/1'
const ALERTS = '/notification-alert/1'

interface Message {
  readonly global_id: number
  readonly message_id: number
  readonly channel: string
  readonly data: Readonly<Record<string, unknown>>
}
type Positions = Readonly<Record<string, string | number>>

interface Way {
  readonly key?: string | null
  readonly query?: string
  readonly client?: string
  readonly chunks?: boolean
  readonly json?: boolean
}

let forum: Forum
let clock: FakeClock
let key: string
let likes = 0
afterEach(() => forum.stop())

const start = async (options: Partial<ForumOptions> = {}): Promise<void> => {
  clock = createFakeClock()
  const users = [{ username: 'eve' }, { username: 'mallory' }]
  forum = await startForum({ profile: '3.4', clock, users, settings: { alertDelays: [0] }, ...options })
  key = forum.grantKey({ user: 'eve' }).key
}
const send = (positions: Positions, way: Way = {}, signal: AbortSignal | null = null): Promise<Response> => {
  const fields = Object.fromEntries(Object.entries(positions).map(([name, value]) => [name, String(value)]))
  return fetch(`${forum.url}/message-bus/${way.client ?? 'abc'}/poll${way.query ?? ''}`, {
    method: 'POST',
    signal,
    headers: {
      ...(way.key === null ? {} : { 'user-api-key': way.key ?? key }),
      ...(way.chunks === true ? {} : { 'dont-chunk': 'true' }),
      ...(way.json === true ? { 'content-type': 'application/json' } : {}),
    },
    body: way.json === true ? JSON.stringify(positions) : new URLSearchParams(fields),
  })
}
const messagesOf = async (answer: Response | Promise<Response>): Promise<readonly Message[]> =>
  JSON.parse(await (await answer).text())
const poll = (positions: Positions, way?: Way): Promise<readonly Message[]> => messagesOf(send(positions, way))
const status = (data: Readonly<Record<string, number>>): Message => ({
  global_id: -1,
  message_id: -1,
  channel: '/__status',
  data,
})
const ids = (messages: readonly Message[]): readonly (readonly [string, number])[] =>
  messages.map(({ channel, message_id }) => [channel, message_id])
/** A poll that is being held. */
const hold = async (positions: Positions, way?: Way): Promise<{ messages: Promise<readonly Message[]> }> => {
  const before = forum.heldPolls()
  const messages = poll(positions, way)
  await expect.poll(() => forum.heldPolls()).toBe(before + 1)
  return { messages }
}
/** Likes by different members, so that they stay single. */
const notify = (count = 1): void => {
  for (let sent = 0; sent < count; sent += 1) {
    likes += 1
    forum.notify({ user: 'eve', type: 'liked', from: `member${likes}` })
  }
}

describe('a poll of the message bus', () => {
  it('learns the position of a channel', async () => {
    await start()
    expect(await poll({ [EVE]: -1, [ALERTS]: -1, __seq: 1 })).toEqual([status({ [EVE]: 0, [ALERTS]: 0 })])
    notify(3)
    expect(await poll({ [EVE]: -1 })).toEqual([status({ [EVE]: 3 })])
    expect(await poll({ [EVE]: -1 }, { json: true })).toEqual([status({ [EVE]: 3 })])
  })

  it('gets what is newer than its position, with ids of the channel and of the whole bus', async () => {
    await start()
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    notify(2)
    const answer = await send({ [EVE]: 1, [ALERTS]: 0 })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const messages = await messagesOf(answer)
    expect(ids(messages)).toEqual([
      [EVE, 2],
      [EVE, 3],
      [ALERTS, 1],
    ])
    expect(messages.map((one) => one.global_id)).toEqual([3, 4, 2])
  })

  it.each([
    [-2, [3]],
    [-3, [2, 3]],
    [-9, [1, 2, 3]],
    [0, [1, 2, 3]],
  ])('gets from position %i on', async (position, expected) => {
    await start()
    notify(3)
    expect((await poll({ [EVE]: position })).map(({ message_id }) => message_id)).toEqual(expected)
  })

  it('is corrected when it is ahead of the bus', async () => {
    await start()
    notify(3)
    expect(await poll({ [EVE]: 9 })).toEqual([status({ [EVE]: 3 })])
    forum.resetBus()
    expect(await poll({ [EVE]: 3 })).toEqual([status({ [EVE]: 0 })])
  })

  it('misses what the backlog no longer has, without a word', async () => {
    await start()
    notify(103)
    const [first, ...others] = await poll({ [EVE]: 1 })
    expect([first?.message_id, others.length]).toEqual([4, 99])
    forum.configure({ busBacklog: 2 })
    notify()
    expect(ids(await poll({ [EVE]: 1 }))).toEqual([
      [EVE, 103],
      [EVE, 104],
    ])
    forum.skipBus(50)
    const held = await hold({ [EVE]: 104 })
    notify()
    expect(ids(await held.messages)).toEqual([[EVE, 155]])
    expect(await poll({ [ALERTS]: -1 })).toEqual([status({ [ALERTS]: 50 })])
  })

  it('is held until a message comes, and then has that one', async () => {
    await start()
    const held = await hold({ [EVE]: 0, [ALERTS]: 0 })
    expect(forum.openRequests()).toBe(0)
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    expect(ids(await held.messages)).toEqual([[EVE, 1]])
    expect(ids(await poll({ [EVE]: 1, [ALERTS]: 0 }))).toEqual([[ALERTS, 1]])
  })

  it('without a position begins at the head', async () => {
    await start()
    notify()
    const held = await hold({ [EVE]: '' })
    notify()
    expect(ids(await held.messages)).toEqual([[EVE, 2]])
  })

  it('is answered after 25 seconds without news, by either clock', async () => {
    await start()
    const first = await hold({ [EVE]: 0 })
    clock.advance(24_999)
    expect(forum.heldPolls()).toBe(1)
    clock.advance(1)
    expect(await first.messages).toEqual([])
    const second = await hold({ [EVE]: 0 })
    forum.advanceClock(25_000)
    expect(await second.messages).toEqual([])
    expect([forum.heldPolls(), clock.pending()]).toEqual([0, 0])
  })

  it('is answered at once where it asks for that, or the site holds none', async () => {
    await start()
    expect(await poll({ [EVE]: 0 }, { query: '?dlp=t' })).toEqual([])
    expect(await (await send({ [EVE]: 0 }, { query: '?dlp=t', chunks: true })).text()).toBe('[]')
    forum.configure({ longPolling: false })
    expect(await poll({ [EVE]: 0 })).toEqual([])
  })

  it('takes the place of an earlier one of the same client', async () => {
    await start()
    const older = await hold({ [EVE]: 0, __seq: 1 })
    const newer = poll({ [EVE]: 0, __seq: 2 })
    expect(await older.messages).toEqual([])
    expect(await poll({ [EVE]: 0, __seq: 1 })).toEqual([])
    notify()
    expect(ids(await newer)).toEqual([[EVE, 1]])
  })

  it('is forgotten when the client goes away', async () => {
    await start()
    const leaving = new AbortController()
    for (const chunks of [true, false]) {
      const left = send({ [EVE]: 0 }, { chunks, client: `client ${chunks}` }, leaving.signal).catch(() => 'gone')
      await expect.poll(() => forum.heldPolls()).toBe(chunks ? 1 : 2)
      if (!chunks) leaving.abort()
      if (!chunks) expect(await left).toBe('gone')
    }
    await expect.poll(() => forum.heldPolls()).toBe(0)
    expect([clock.pending(), forum.openRequests()]).toEqual([0, 0])
    notify()
    expect(forum.openRequests()).toBe(0)
  })

  it('is not held for a client that left before its turn', async () => {
    await start()
    forum.fault({ kind: 'latency', ms: 1000 })
    const leaving = new AbortController()
    const left = send({ [EVE]: 0 }, {}, leaving.signal).catch(() => 'gone')
    await expect.poll(() => clock.pending()).toBe(1)
    leaving.abort()
    expect(await left).toBe('gone')
    forum.clearFaults()
    // What came in later over the same loop has been answered: the forum knows of the lost connection.
    await poll({ [EVE]: -1 }, { client: 'other' })
    clock.advance(1000)
    await poll({ [EVE]: -1 }, { client: 'other' })
    expect([forum.heldPolls(), clock.pending()]).toEqual([0, 0])
  })

  it('ends with the forum', async () => {
    await start()
    const held = send({ [EVE]: 0 })
    await expect.poll(() => forum.heldPolls()).toBe(1)
    await forum.stop()
    await expect(held).rejects.toThrow('fetch failed')
    await expect.poll(() => clock.pending()).toBe(0)
  })

  it('that is no JSON although it says so makes the server fail', async () => {
    await start()
    const answer = await fetch(`${forum.url}/message-bus/abc/poll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect(answer.status).toBe(500)
  })
})

describe('a poll in chunks', () => {
  it('begins at once, goes on with each message, and ends after the interval', async () => {
    await start()
    const answer = await send({ [EVE]: 0 }, { chunks: true })
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    await expect.poll(() => forum.heldPolls()).toBe(1)
    notify(2)
    clock.advance(25_000)
    const chunks = (await answer.text()).split('\r\n|\r\n')
    expect(chunks.pop()).toBe('')
    expect(chunks.map((chunk) => ids(JSON.parse(chunk)))).toEqual([[], [[EVE, 1]], [[EVE, 2]], []])
  })

  it('has what waited in its first chunk, and in no other', async () => {
    await start()
    notify()
    const answer = await send({ [EVE]: 0, [ALERTS]: -1 }, { chunks: true })
    await expect.poll(() => forum.heldPolls()).toBe(1)
    clock.advance(25_000)
    const [first, second] = (await answer.text()).split('\r\n|\r\n').map((chunk) => JSON.parse(chunk || 'null'))
    expect(ids(first)).toEqual([
      [EVE, 1],
      ['/__status', -1],
    ])
    expect(second).toEqual([])
  })

  it('arrives as it is written', async () => {
    await start()
    const answer = await send({ [EVE]: 0 }, { chunks: true })
    const reader = answer.body?.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toBe('[]\r\n|\r\n')
    notify()
    expect(await read()).toMatch(
      /^\[\{"global_id":1,"message_id":1,"channel":"\/notification\/1","data":\{.*\r\n\|\r\n$/,
    )
    await reader?.cancel()
    await expect.poll(() => forum.heldPolls()).toBe(0)
  })
})

describe('whose poll it is', () => {
  it('others get nothing, and are moved past it', async () => {
    await start()
    notify(2)
    const mallory = forum.grantKey({ user: 'mallory' }).key
    for (const other of [null, mallory, 'no such key']) {
      expect(await poll({ [EVE]: 0 }, { key: other })).toEqual([status({ [EVE]: 2 })])
    }
    const held = await hold({ [EVE]: 2 }, { key: mallory })
    notify()
    expect(forum.heldPolls()).toBe(1)
    clock.advance(25_000)
    expect(await held.messages).toEqual([])
  })

  it('a revoked key and one without the scope are anonymous, or refused where login is required', async () => {
    await start()
    notify()
    const { key: narrow } = forum.grantKey({ user: 'eve', scopes: ['session_info'] })
    forum.revokeKey(1)
    for (const useless of [key, narrow]) {
      expect(await poll({ [EVE]: 0 }, { key: useless })).toEqual([status({ [EVE]: 1 })])
    }
    forum.configure({ loginRequired: true })
    for (const useless of [null, key, narrow]) {
      const refused = await send({ [EVE]: 0 }, { key: useless })
      expect([refused.status, await refused.text()]).toEqual([403, 'Invalid Access'])
    }
  })

  it('each counts against the limits of its key, and is anonymous when they are spent', async () => {
    await start({ limits: { keyPerMinute: 1 } })
    notify()
    expect(ids(await poll({ [EVE]: 0 }))).toEqual([[EVE, 1]])
    expect(forum.keys('eve')[0]?.lastUsedAt).toBe(clock.now())
    const over = await send({ [EVE]: 0 })
    expect([over.status, over.headers.has('retry-after')]).toEqual([200, false])
    expect(await messagesOf(over)).toEqual([status({ [EVE]: 1 })])
    expect(forum.keys('eve')[0]?.requests).toEqual({ accepted: 1, limited: 1, refused: 0 })
    clock.advance(60_000)
    expect(ids(await poll({ [EVE]: 0 }))).toEqual([[EVE, 1]])
  })

  it('does not match the scopes below a folder, all but write', async () => {
    await start({ path: '/forum' })
    notify()
    expect(await poll({ [EVE]: 0 })).toEqual([status({ [EVE]: 1 })])
    const { key: write } = forum.grantKey({ user: 'eve', scopes: ['write'] })
    expect(ids(await poll({ [EVE]: 0 }, { key: write }))).toEqual([[EVE, 1]])
  })
})

describe('trouble on the way to the message bus', () => {
  it('a proxy cuts polls that are held too long for it, and no others', async () => {
    await start()
    forum.fault({ kind: 'cut', afterMs: 10_000, path: '/message-bus/' })
    const cut = send({ [EVE]: 0 })
    await expect.poll(() => forum.heldPolls()).toBe(1)
    clock.advance(10_000)
    await expect(cut).rejects.toThrow('fetch failed')
    await expect.poll(() => forum.heldPolls()).toBe(0)
    expect(await poll({ [EVE]: -1 })).toEqual([status({ [EVE]: 0 })])
    await forum.whenQuiet()
    expect(clock.pending()).toBe(0)
  })

  it('a busy server sends clients away', async () => {
    await start()
    forum.fault({ kind: 'queue', retryAfter: 90, path: '/message-bus/', times: 1 })
    const busy = await send({ [EVE]: 0 })
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '90'])
    expect(busy.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await poll({ [EVE]: -1 })).toHaveLength(1)
  })

  it('a client of HTTP/1.0 gets no chunks', async () => {
    await start()
    notify()
    const { port } = new URL(forum.url)
    const socket = connect(Number(port), '127.0.0.1')
    const body = `${encodeURIComponent(EVE)}=0`
    socket.write(
      `POST /message-bus/old/poll HTTP/1.0\r\nHost: forum\r\nUser-Api-Key: ${key}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    let text = ''
    for await (const part of socket) text += String(part)
    expect(text).toContain('application/json')
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toMatch(/^\[\{"global_id":1/)
  })
})
