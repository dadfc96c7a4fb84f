import { describe, expect, it } from 'vitest'
import { ok } from '../common/failure.ts'
import { createFakeClock } from '../test/rig/fake-clock.ts'
import { createOpenAccount, readingTime } from './open-account.ts'

describe('opening an account', () => {
  it('opens its page, and asks for its counts when that has been read', () => {
    const clock = createFakeClock()
    const done: unknown[][] = []
    const openAccount = createOpenAccount({
      openLink: (link) => done.push(['open', link]),
      engine: {
        execute: async (...command) => {
          done.push(command)
          return ok(null)
        },
      },
      clock,
    })
    openAccount('a1', 'https://meta.example/n')
    expect(done).toEqual([['open', 'https://meta.example/n']])
    clock.advance(readingTime)
    expect(done.at(-1)).toEqual(['account.refresh', { account: 'a1' }])
  })
})
