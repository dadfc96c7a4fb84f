import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { startForum } from './start-forum.ts'

let forum: Forum
afterEach(() => forum.stop())

const get = async (path: string): Promise<number> => (await fetch(`${forum.url}${path}`)).status

describe('a forum that is watched', () => {
  it('is quiet while requests only wait for the clock, and again when they are answered', async () => {
    const clock = createFakeClock()
    forum = await startForum({ profile: '3.4', clock })
    forum.fault({ kind: 'latency', ms: 60_000, path: '/srv/status', times: 2 })
    const late = [get('/srv/status'), get('/srv/status')]
    await expect.poll(() => clock.pending()).toBe(2)
    expect([forum.openRequests(), forum.waitingRequests()]).toEqual([0, 2])
    await forum.whenQuiet()
    clock.advance(60_000)
    expect([forum.openRequests(), forum.waitingRequests()]).toEqual([2, 0])
    await forum.whenQuiet()
    expect(forum.openRequests()).toBe(0)
    expect(await Promise.all(late)).toEqual([200, 200])
  })

  it('is quiet after connections that were lost', async () => {
    forum = await startForum({ profile: '3.4' })
    forum.fault({ kind: 'drop', times: 1 })
    forum.fault({ kind: 'drop-answer', path: '/srv', times: 1 })
    for (let sent = 0; sent < 2; sent += 1) await get('/srv/status').catch(() => 0)
    await forum.whenQuiet()
    expect(forum.openRequests()).toBe(0)
  })

  it('is quiet after a connection that was lost with a request behind another one', async () => {
    const clock = createFakeClock()
    forum = await startForum({ profile: '3.4', clock })
    forum.fault({ kind: 'latency', ms: 60_000, path: '/srv/status', times: 1 })
    const { hostname, port } = new URL(forum.url)
    const socket = connect(Number(port), hostname)
    for (const path of ['/srv/status', '/site/basic-info.json'])
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
    await expect.poll(() => [clock.pending(), forum.openRequests()]).toEqual([1, 1])
    socket.destroy()
    await expect.poll(() => forum.openRequests()).toBe(0)
  })

  it('sums its traffic beyond what the log keeps, without the control interface', async () => {
    forum = await startForum({ profile: '3.4', control: true })
    for (let sent = 0; sent < 5; sent += 1) await get('/srv/status')
    await get('/nowhere')
    await fetch(`${forum.controlUrl}`)
    await forum.whenQuiet()
    const { requests, bytes, byStatus } = forum.traffic()
    expect([requests, byStatus]).toEqual([6, { 200: 5, 404: 1 }])
    expect(bytes).toBeGreaterThan(6 * 'HTTP/1.1 200 OK\r\n\r\nok'.length)
    const first = bytes
    await get('/srv/status')
    await forum.whenQuiet()
    expect(forum.traffic().bytes).toBeGreaterThan(first)
    expect(forum.traffic().bytes).toBeLessThan(first + 1000)
    forum.clearRequests()
    expect(forum.traffic()).toEqual({ requests: 0, bytes: 0, byStatus: {} })
  })
})
