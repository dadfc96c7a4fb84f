import { describe, expect, it } from 'vitest'
import { pagePaths } from '../../common/contract/bridge.ts'
import type { PageAlert } from '../../common/contract/page-alert.ts'
import { createPageAlerts } from './page-alerts.ts'

const alert: PageAlert = { tag: 'a1', title: 'Meta', body: 'news', silent: false, target: null }

/** A page in a browser whose user has decided like this, at a shell that tells these alerts and then ends. */
const open = (
  permission: NotificationPermission | null,
  { wanted = true, answer = permission, sent = [alert] } = {},
) => {
  const asked: string[] = []
  const shown: PageAlert[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(String(input))
    if (input === pagePaths.alertsWanted) return new Response(JSON.stringify({ wanted }))
    return new Response(sent.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''))
  }
  const { offer, ask } = createPageAlerts({
    fetch,
    notifications: {
      permission: () => permission,
      ask: async () => answer ?? 'denied',
      show: (one) => void shown.push(one),
      alone: (work) => work(),
    },
  })
  return { asked, shown, offer, run: async () => (await ask('session', new AbortController().signal))() }
}

describe('alerts in the page', () => {
  it('are shown without another question where the user has allowed them', async () => {
    const { shown, offer, run } = open('granted')
    await run()
    expect(shown).toEqual([alert])
    expect(offer.getState()).toBe('none')
  })

  it('are offered, and shown from the moment when they are allowed', async () => {
    const { asked, shown, offer, run } = open('default', { answer: 'granted' })
    const offers: string[] = []
    offer.subscribe(() => offers.push(offer.getState()))
    await run()
    expect(asked).toEqual([pagePaths.alertsWanted])
    await offer.accept()
    await expect.poll(() => shown).toEqual([alert])
    expect(offers).toEqual(['offered', 'none'])
  })

  it('stay offered while the user does not decide, and no longer when it was refused', async () => {
    const undecided = open('default')
    await undecided.run()
    await undecided.offer.accept()
    expect(undecided.offer.getState()).toBe('offered')
    const refused = open('default', { answer: 'denied' })
    await refused.run()
    await refused.offer.accept()
    expect(refused.offer.getState()).toBe('denied')
    expect(refused.asked).not.toContain(pagePaths.alerts)
  })

  it.each([
    ['the shell shows them itself', 'default', { wanted: false }],
    ['the shell shows them itself, and they are allowed', 'granted', { wanted: false }],
    ['the user has refused them', 'denied', {}],
    ['the browser has none', null, {}],
  ] as const)('are neither offered nor asked for where %s', async (_why, permission, more) => {
    const { asked, shown, offer, run } = open(permission, more)
    await run()
    expect([offer.getState(), shown]).toEqual(['none', []])
    expect(asked).not.toContain(pagePaths.alerts)
  })

  it('that lead anywhere but to a web page are not shown', async () => {
    const target = { account: 'a', url: 'javascript:alert(1)' }
    const { shown, run } = open('granted', { sent: [{ ...alert, target }] })
    await run()
    expect(shown).toEqual([])
  })
})
