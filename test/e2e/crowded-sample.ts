import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, attempt, now } from '../../common/testing/samples.ts'
import { crowded, crowdedAccounts, hour } from './crowded-forums.ts'
import type { SamplePage, SampleView } from './sample-views.ts'

// What a view looks like when there is much of everything.

const gardeners = crowdedAccounts[2] ?? account()
const waiting = attempt({ site: gardeners.site, methods: ['redirect', 'device', 'paste'], canLimitAccess: true })

const goTo = async ({ page }: SamplePage, address: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(address)}`)
  await page.locator('main').waitFor()
}

const fill = async ({ page, server, snapshot }: SamplePage, some: Partial<Snapshot> = {}): Promise<void> => {
  server.push(crowded(snapshot, some))
  // The samples have four accounts only.
  await page.locator('[data-account=account-5]').first().waitFor({ state: 'attached' })
}

const openSection = (section: string): SampleView => ({
  name: `settings, ${section}`,
  open: async (sample) => {
    await fill(sample)
    await goTo(sample, `#/settings/${section}`)
    await sample.page.locator(`[data-section=${section}]`).waitFor()
  },
})

/** Shows a sign-in that is under way for the forum with the long name, with what is given. */
const openAttempt = async (sample: SamplePage, some: Partial<typeof waiting> = {}): Promise<void> => {
  const { page, t } = sample
  await fill(sample, { attempts: [{ ...waiting, ...some }] })
  await page.getByRole('button', { name: t('overview.resumeOf', { title: gardeners.site.title }), exact: true }).click()
  await page.locator('dialog[open]').waitFor()
}

const revoking = (index: number, state: AccountView['state']): Partial<Snapshot> => ({
  accounts: crowdedAccounts.map((one, at) => (at === index ? { ...one, state } : one)),
})

/** Views with much in them, each from the overview. */
export const crowdedViews: readonly SampleView[] = [
  { name: 'home', open: (sample) => fill(sample) },
  {
    name: 'home, opened',
    open: async (sample) => {
      await fill(sample)
      const folded = sample.page.locator('[data-row] > button[aria-expanded=false]')
      while ((await folded.count()) > 0) await folded.first().click()
      // The code of what helps is loaded when there is a trouble that it helps against.
      await sample.page
        .getByRole('link', { name: sample.t('add.openNetwork') })
        .first()
        .waitFor()
    },
  },
  {
    name: 'sign-ins and notices',
    open: async (sample) => {
      await fill(sample, {
        attempts: [
          waiting,
          { ...waiting, id: 'attempt-2', state: { kind: 'denied' } },
          { ...waiting, id: 'attempt-3', state: { kind: 'checking' } },
        ],
        notices: [
          {
            id: 'a',
            failure: { code: 'update_elsewhere', params: { version: '2', page: 'https://e.example' } },
            at: now,
          },
          { id: 'b', failure: { code: 'tray_missing' }, at: now },
        ],
        quiet: {
          ...{ isQuiet: true, reason: 'paused', until: now + 20 * hour },
          holds: [
            { reason: 'paused', until: now + 20 * hour },
            { reason: 'hours', until: now + 9 * hour },
          ],
        },
      })
      // Their code is loaded when there are some.
      await sample.page.getByRole('list', { name: sample.t('overview.attempts') }).waitFor()
    },
  },
  {
    name: 'all',
    open: async (sample) => {
      await fill(sample)
      await goTo(sample, '#/inbox')
      await sample.page.getByRole('list', { name: sample.t('inbox.list') }).waitFor()
    },
  },
  {
    name: 'nothing found',
    open: async (sample) => {
      await fill(sample)
      await goTo(sample, '#/inbox?search=zzzz')
      await sample.page.getByRole('button', { name: sample.t('inbox.showAll') }).waitFor()
    },
  },
  {
    name: 'access',
    open: async (sample) => {
      await fill(sample, revoking(0, { kind: 'revoking', failure: { code: 'timed_out', params: { seconds: 10 } } }))
      await goTo(sample, '#/access')
      await sample.page.getByRole('rowheader').nth(2).getByRole('button').click()
    },
  },
  {
    name: 'revoke everything',
    open: async (sample) => {
      await fill(sample)
      await goTo(sample, '#/access')
      await sample.page.getByRole('button', { name: sample.t('access.revokeAll') }).click()
      await sample.page.locator('dialog[open]').waitFor()
    },
  },
  openSection('appearance'),
  openSection('alerts'),
  openSection('quiet'),
  openSection('general'),
  openSection('network'),
  {
    name: 'settings imported',
    open: async (sample) => {
      await fill(sample)
      await goTo(sample, '#/settings/file')
      await sample.page
        .locator('input[type=file]')
        .setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
      await sample.page.getByText(sample.t('settings.missing')).waitFor()
    },
  },
  {
    name: 'adding, what is asked for',
    open: async (sample) => {
      const { page, server, t } = sample
      await fill(sample)
      await page.keyboard.press('n')
      await page.getByLabel(t('add.address')).fill('new.example')
      await page.keyboard.press('Enter')
      await page.locator('dialog a[href^="/open/"]').waitFor()
      server.push({ ...server.present(), attempts: [{ ...waiting, optionalScopes: ['one_time_password'] }] })
      await page.getByRole('checkbox').waitFor()
    },
  },
  {
    name: 'adding, another program has the links',
    open: (sample) => openAttempt(sample, { method: 'paste', methods: ['paste', 'redirect'] }),
  },
  {
    name: 'adding, a question after half a minute',
    open: async (sample) => {
      await openAttempt(sample)
      await sample.page.clock.setFixedTime(now + 31_000)
      await sample.page.getByRole('button', { name: sample.t('add.refused') }).waitFor()
    },
  },
  {
    name: 'adding, forums to pick from',
    open: async (sample) => {
      await fill(sample, { presetSites: ['https://forum.gardeners-and-friends-of-old-roses.example/forum'] })
      await sample.page.keyboard.press('n')
      await sample.page.locator('dialog summary').click()
    },
  },
]
