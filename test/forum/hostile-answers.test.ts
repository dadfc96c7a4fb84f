import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../rig/fake-clock.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import type { Forum } from './forum.ts'
import { type HostileAnswerName, hostileAnswerNames } from './hostile-answers.ts'
import { hostileJson } from './hostile-json.ts'
import { startForum } from './start-forum.ts'

let forum: Forum
let clock: FakeClock
afterEach(() => forum.stop())

const start = async (): Promise<void> => {
  clock = createFakeClock()
  forum = await startForum({ profile: '3.5', clock, users: [{ username: 'eve' }] })
}

interface Received {
  readonly bytes: Buffer
  readonly end: 'ended' | 'reset' | 'hung up by the client'
}

/** What arrives at a client that hangs up after `most` bytes. */
const receive = (answer: HostileAnswerName, most = 1_000_000): Promise<Received> => {
  forum.fault({ kind: 'hostile', answer, times: 1 })
  const socket = connect(Number(new URL(forum.origin).port), '127.0.0.1')
  socket.write('GET /srv/status HTTP/1.1\r\nHost: x\r\n\r\n')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let end: Received['end'] = 'ended'
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (Buffer.concat(chunks).length < most) return
      end = 'hung up by the client'
      socket.destroy()
    })
    socket.on('error', () => {
      end = 'reset'
    })
    socket.on('close', () => resolve({ bytes: Buffer.concat(chunks), end }))
  })
}

const slow = hostileAnswerNames.filter((name) => name.startsWith('slow-'))
const endless = hostileAnswerNames.filter((name) => name.startsWith('endless-'))
const resets = hostileAnswerNames.filter((name) => name.startsWith('reset-'))
const closed = hostileAnswerNames.filter((name) => ![...slow, ...endless, ...resets].includes(name))

describe('hostile answers', () => {
  it.each(closed)('%s arrives, and the forum goes on', async (name) => {
    await start()
    const { bytes, end } = await receive(name, 10_000_000)
    expect([bytes.length > 0, end]).toEqual([true, 'ended'])
    expect(await (await fetch(`${forum.url}/srv/status`)).text()).toBe('ok')
    await forum.whenQuiet()
  })

  it.each(resets)('%s breaks the connection', async (name) => {
    await start()
    expect(await receive(name)).toMatchObject({ end: 'reset' })
  })

  it.each(endless)('%s goes on until the client hangs up', async (name) => {
    await start()
    expect(await receive(name, 3_000_000)).toMatchObject({ end: 'hung up by the client' })
    await forum.whenQuiet()
  })

  it.each(slow)('%s sends a byte a second', async (name) => {
    await start()
    const received = receive(name, name === 'slow-body' ? 150 : 5)
    for (let second = 0; second < 200; second += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(1000)
    }
    expect(await received).toMatchObject({ end: 'hung up by the client' })
  })

  it.each([
    ['bomb-gzip', (packed: Buffer) => gunzipSync(packed)],
    ['bomb-deflate', (packed: Buffer) => inflateSync(packed)],
    ['bomb-brotli', (packed: Buffer) => brotliDecompressSync(packed)],
    ['bomb-gzip-twice', (packed: Buffer) => gunzipSync(gunzipSync(packed))],
  ] as const)('%s is small, and 64 MiB unpacked', async (name, unpack) => {
    await start()
    const { bytes } = await receive(name)
    const packed = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)
    expect(packed.length).toBeLessThan(100_000)
    expect(unpack(packed)).toHaveLength(64 * 1024 * 1024)
  })
})

describe('hostile JSON', () => {
  it('is the forum’s own with some values replaced, others for each answer', async () => {
    await start()
    const { key } = forum.grantKey({ user: 'eve' })
    forum.fault({ kind: 'hostile-json', seed: 1 })
    const texts = new Set<string>()
    for (let times = 0; times < 20; times += 1) {
      const answer = await fetch(`${forum.url}/session/current.json`, { headers: { 'user-api-key': key } })
      expect(answer.status).toBe(200)
      texts.add(await answer.text())
    }
    expect(texts.size).toBeGreaterThan(15)
  })

  it('is the same for the same seed, and leaves most of an answer alone', async () => {
    await start()
    const answer = { username: 'eve', counts: { a: 1, b: 2 }, list: [{ id: 1 }, { id: 2 }, { id: 3 }] }
    const ofSeed = (seed: number): string => hostileJson(answer, seededRandom(seed).fraction)
    expect(ofSeed(7)).toBe(ofSeed(7))
    const all = Array.from({ length: 200 }, (_, seed) => ofSeed(seed))
    expect(new Set(all).size).toBeGreaterThan(100)
    expect(all.filter((text) => text.includes('"username":"eve"')).length).toBeGreaterThan(50)
  })
})
