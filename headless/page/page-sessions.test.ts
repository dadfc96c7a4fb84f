import { describe, expect, it } from 'vitest'
import { createPageSessions, mostSessions, sessionLifetime } from './page-sessions.ts'

const memoryFiles = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    read: (name: string): unknown => JSON.parse(kept.get(name) ?? 'null'),
    write: (name: string, value: object) => void kept.set(name, JSON.stringify(value)),
  }
}

describe('the sessions of pages', () => {
  it('survive a restart, as hashes only', () => {
    const files = memoryFiles()
    const session = createPageSessions(files, () => 1000).begin()
    expect(session).toMatch(/^[0-9a-f]{64}$/)
    const restarted = createPageSessions(files, () => 2000)
    expect(restarted.has(session)).toBe(true)
    expect(restarted.has('0'.repeat(64))).toBe(false)
    expect([...files.kept.values()].join()).not.toContain(session)
    const [hash] = /[0-9a-f]{64}/.exec([...files.kept.values()].join()) ?? []
    expect(restarted.has(hash ?? '')).toBe(false)
  })

  it('all end together, and stay ended after a restart', () => {
    const files = memoryFiles()
    const sessions = createPageSessions(files, () => 0)
    const [one, other] = [sessions.begin(), sessions.begin()]
    sessions.endAll()
    expect([sessions.has(one), createPageSessions(files, () => 0).has(other)]).toEqual([false, false])
  })

  it('expire after a month without use, and each use extends them', () => {
    const files = memoryFiles()
    let now = 0
    const sessions = createPageSessions(files, () => now)
    const [used, unused] = [sessions.begin(), sessions.begin()]
    now = sessionLifetime - 1
    expect(sessions.has(used)).toBe(true)
    now = sessionLifetime
    expect([sessions.has(used), sessions.has(unused)]).toEqual([true, false])
    expect(createPageSessions(files, () => now).has(used)).toBe(true)
  })

  it('are limited in number: the least recently used one ends', () => {
    let now = 0
    const sessions = createPageSessions(memoryFiles(), () => now)
    const first = sessions.begin()
    for (let more = 0; more < mostSessions; more += 1) {
      now += 1
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
    const sessions = createPageSessions(files, () => 0)
    expect(sessions.has(sessions.begin())).toBe(true)
  })
})
