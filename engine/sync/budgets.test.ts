import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { createBudget, type SavedBudget } from './budget.ts'
import { createBudgets } from './budgets.ts'

const clock = createFakeClock()
const used = createBudget(clock)
for (let sent = 0; sent < 7; sent += 1) used.take('user')
const sound = used.saved()

const openWith = (odd: unknown) => {
  const files = createMemoryFiles()
  files.write('budgets', { version: 1, endedInOrder: false, budgets: { odd, sound } })
  return createBudgets(clock, files)
}

const spoilt: readonly (readonly [string, Partial<Record<keyof SavedBudget, unknown>> | null])[] = [
  ['no budget', null],
  // With this, a start after a crash counted to 3,000 million.
  ['an endless limit', { minute: { requests: 1e9, refusedAt: null } }],
  ['half a request', { day: { requests: 0.5, refusedAt: null } }],
  ['fewer than none', { recent: [[0, -1]] }],
  ['more than a forum can count', { slots: [[0, 1e300]] }],
  ['a block beyond all time', { blockedUntil: 1e300 }],
  ['a moment that is none', { savedAt: '1e400' }],
]

it.each(spoilt)('a saved budget with %s is left out, and the others are kept', (_, change) => {
  const budgets = openWith(change && { ...sound, ...change })
  expect(budgets.of('odd').today().requests).toBe(0)
  expect(budgets.of('odd').wait('question')).toBe(0)
  expect(budgets.of('sound').today().requests).toBeGreaterThanOrEqual(7)
})
