import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import type { AccountState } from '../../common/contract/snapshot.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import type { Account } from '../account.ts'
import { emptyCache } from '../storage/account-cache.ts'
import { createSiteDetails } from './site-details.ts'

const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
const accountIn = (state: AccountState): Account => ({
  ...{ id: 'a', site, username: 'eve', userId: 7, clientId: 'c', scopes: [], apiVersion: 4, approvedAt: 0 },
  ...{ expiresAt: null, refused: false, revoking: false, isLive: true, state },
  cache: emptyCache(),
})
const fresh = accountIn({ kind: 'fresh' })
const troubled = accountIn({ kind: 'maintenance', since: 0, failure: { code: 'site_unavailable' } })

const detailsOf = () => {
  let accounts: readonly Account[] = [fresh]
  let onChange: () => void = () => undefined
  const over: string[] = []
  const clock = createFakeClock()
  createSiteDetails({
    model: {
      accounts: () => accounts,
      account: (id) => accounts.find((account) => account.id === id),
      changeAccount: () => undefined,
      subscribe: (listener) => {
        onChange = listener
        return () => undefined
      },
    },
    http: { send: async () => fail('offline'), close: async () => undefined },
    isAwake: () => true,
    onTroubleOver: (base) => void over.push(base),
    clock,
  }).start()
  const become = (...now: readonly Account[]): void => {
    accounts = now
    onChange()
  }
  return { become, over, clock }
}

describe('the details of a site', () => {
  it('are looked at after an outage, and not again within the hour', () => {
    const { become, over, clock } = detailsOf()
    become(troubled)
    become(fresh)
    become(troubled)
    become(fresh)
    expect(over).toEqual([site.base])
    // Ten minutes after the start all sites were looked at.
    clock.advance(75 * 60_000)
    become(troubled)
    become(fresh)
    expect(over).toEqual([site.base, site.base])
  })

  it('remember no outage of an account that was removed in it', () => {
    const { become, over } = detailsOf()
    become(troubled)
    become()
    become(fresh)
    expect(over).toEqual([])
  })
})
