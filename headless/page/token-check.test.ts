import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createTokenCheck } from './token-check.ts'

const token = 'a'.repeat(64)

it('accepts the right token at once, however many wrong ones wait, and answers those at two per second', async () => {
  const clock = createFakeClock()
  const check = createTokenCheck(token, clock)
  let answered = 0
  const guesses = Array.from({ length: 15 }, async (_, index) => {
    const isRight = await check(index.toString(16).padStart(64, '0'))
    answered += 1
    return isRight
  })
  expect(await check(token)).toBe(true)
  expect(answered).toBe(5)
  for (let waited = 1; waited <= 10; waited += 1) {
    clock.advance(499)
    await nextTurn()
    expect(answered).toBe(4 + waited)
    clock.advance(1)
    await nextTurn()
    expect(answered).toBe(5 + waited)
  }
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([false]))
})

it.each(['', 'a', 'a'.repeat(63), 'a'.repeat(65), 'b'.repeat(64), '\u0000'])('rejects any other: %j', async (wrong) => {
  expect(await createTokenCheck(token, createFakeClock())(wrong)).toBe(false)
})
