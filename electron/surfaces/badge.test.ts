import { describe, expect, it } from 'vitest'
import { changePreferences, defaultPreferences } from '../../common/preferences/preferences.ts'
import { AppDouble } from '../testing/electron-double.ts'
import { sampleAccount, sampleCounts, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createBadge } from './badge.ts'

describe('the badge', () => {
  it('is the number of new things, set when it changes', () => {
    const app = new AppDouble()
    const show = createBadge(app, () => undefined)
    const account = (count: number) => sampleSnapshot({ accounts: [sampleAccount({ counts: sampleCounts(count) })] })
    for (const count of [0, 3, 3, 1, 0]) show(account(count))
    expect(app.badges).toEqual([3, 1, 0])
  })

  it('is a dot or nothing when the user prefers that', () => {
    const app = new AppDouble()
    const show = createBadge(app, () => undefined)
    const accounts = [sampleAccount({ counts: sampleCounts(3) })]
    for (const style of ['number', 'dot', 'dot', 'none'] as const) {
      show(sampleSnapshot({ accounts, preferences: changePreferences(defaultPreferences, { badge: { style } }) }))
    }
    expect(app.badges).toEqual([3, undefined, 0])
  })

  it('is not set again where the system refuses it, which is noted once', () => {
    const app = new AppDouble()
    let refusals = 0
    const show = createBadge(app, () => {
      refusals += 1
    })
    const account = (count: number) => sampleSnapshot({ accounts: [sampleAccount({ counts: sampleCounts(count) })] })
    show(account(1))
    expect(refusals).toBe(0)
    app.takesBadges = false
    show(account(2))
    show(account(3))
    expect(app.badges).toEqual([1, 2])
    expect(refusals).toBe(1)
  })
})
