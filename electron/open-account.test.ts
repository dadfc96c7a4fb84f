import { describe, expect, it } from 'vitest'
import { ok } from '../common/failure.ts'
import { createOpenAccount } from './open-account.ts'

describe('opening an account', () => {
  it('opens its page, and says so', () => {
    const done: unknown[][] = []
    const openAccount = createOpenAccount({
      openLink: (link) => done.push(['open', link]),
      engine: {
        execute: async (...command) => {
          done.push(command)
          return ok(null)
        },
      },
    })
    openAccount('a1', 'https://meta.example/n')
    expect(done).toEqual([
      ['open', 'https://meta.example/n'],
      ['account.opened', { account: 'a1' }],
    ])
  })
})
