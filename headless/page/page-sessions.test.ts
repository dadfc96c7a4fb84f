import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createPageSessions, mostSessions, sessionLifetime } from './page-sessions.ts'

const memoryFiles = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    read: (name: string): unknown => JSON.parse(kept.get(name) ?? 'null'),
    write: (name: string, value: object) => void kept.set(name, JSON.stringify(value)),
  }
}

const year = 365 * 86_400_000

describe('the sessions of pages', () => {
  it('survive a restart, as hashes only', () => {
    const files = memoryFiles()
    const session = createPageSessions(files, createFakeClock(1000)).begin()
    expect(session).toMatch(/^[0-9a-f]{64}$/)
    const restarted = createPageSessions(files, createFakeClock(2000))
    expect(restarted.has(session)).toBe(true)
    expect(restarted.has('0'.repeat(64))).toBe(false)
    expect([...files.kept.values()].join()).not.toContain(session)
    const [hash] = /[0-9a-f]{64}/.exec([...files.kept.values()].join()) ?? []
    expect(restarted.has(hash ?? '')).toBe(false)
  })

  it('all end together, and stay ended after a restart', () => {
    const files = memoryFiles()
    const sessions = createPageSessions(files, createFakeClock(0))
    const [one, other] = [sessions.begin(), sessions.begin()]
    sessions.endAll()
    expect([sessions.has(one), createPageSessions(files, createFakeClock(0)).has(other)]).toEqual([false, false])
  })

  it('expire after a month without use, and each use extends them', () => {
    const files = memoryFiles()
    const clock = createFakeClock(0)
    const sessions = createPageSessions(files, clock)
    const [used, unused] = [sessions.begin(), sessions.begin()]
    clock.advance(sessionLifetime - 1)
    expect(sessions.has(used)).toBe(true)
    clock.advance(1)
    expect([sessions.has(used), sessions.has(unused)]).toEqual([true, false])
    expect(createPageSessions(files, clock).has(used)).toBe(true)
  })

  it.each([
    ['a year ahead', year],
    ['a year back', -year],
  ])('are neither ended nor prolonged by a clock that is set %s', (_, jump) => {
    const clock = createFakeClock()
    const sessions = createPageSessions(memoryFiles(), clock)
    const [used, unused] = [sessions.begin(), sessions.begin()]
    clock.set(jump)
    expect(sessions.has(used)).toBe(true)
    clock.advance(sessionLifetime - 1)
    expect(sessions.has(used)).toBe(true)
    clock.set(-jump)
    clock.advance(1)
    expect([sessions.has(used), sessions.has(unused)]).toEqual([true, false])
  })

  it('last a month more, and no longer, when their last use lies in the future at a start', () => {
    const files = memoryFiles()
    const clock = createFakeClock(year)
    const session = createPageSessions(files, clock).begin()
    clock.set(-year)
    expect(createPageSessions(files, clock).has(session)).toBe(true)
    clock.advance(sessionLifetime)
    expect(createPageSessions(files, clock).has(session)).toBe(false)
  })

  it('are limited in number: the least recently used one ends', () => {
    const clock = createFakeClock(0)
    const sessions = createPageSessions(memoryFiles(), clock)
    const first = sessions.begin()
    for (let more = 0; more < mostSessions; more += 1) {
      clock.advance(1)
      sessions.begin()
    }
    expect(sessions.has(first)).toBe(false)
  })

  it.each([
    null,
    'x',
    { sessions: [{ hash: 'x', usedAt: 0 }] },
    { sessions: [{ hash: '0'.repeat(64), usedAt: 'now' }] },
  ])('start empty when the file is invalid: %j', (content) => {
    const files = memoryFiles()
    files.kept.set('page-sessions', JSON.stringify(content))
    const sessions = createPageSessions(files, createFakeClock(0))
    expect(sessions.has(sessions.begin())).toBe(true)
  })
})
