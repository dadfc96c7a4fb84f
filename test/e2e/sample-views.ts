import { expect, type Locator, type Page } from 'playwright/test'
import type { DiagnosisReport } from '../../common/contract/diagnosis.ts'
import { ok } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import type { Language } from '../../common/i18n/languages.ts'
import { loadTranslate } from '../../common/i18n/load-translate.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import {
  account,
  attempt,
  counts,
  meta,
  minute,
  notification,
  now,
  rust,
  snapshot,
} from '../../common/testing/samples.ts'
import { type Answers, type SnapshotServer, serveSnapshot } from '../rig/serve-snapshot.ts'

// Every view of the page with the same things in it each time: for pictures of them, and for what holds in all of them.

/** The built page with the samples in it, and the words it speaks. */
export interface SamplePage {
  readonly page: Page
  readonly server: SnapshotServer
  readonly t: Translate
  readonly snapshot: Snapshot
}

/** A view, and how a user gets there from the overview. */
export interface SampleView {
  readonly name: string
  readonly open: (sample: SamplePage) => Promise<void>
}

const hour = 60 * minute
const badge = { kind: 'granted_badge', title: 'First Link', actor: null } as const
const garden = {
  base: 'https://garden.example/forum',
  host: 'garden.example/forum',
  title: 'The Society of Gardeners and Friends of Old Roses',
  color: '#2e7d32',
}

const accounts: readonly AccountView[] = [
  account({
    counts: counts({ notifications: 3, messages: 1 }),
    icon: '/image/meta',
    avatar: '/image/eve',
    isLive: true,
    items: [
      notification({ id: 6, excerpt: 'It is out', face: '/image/mika' }),
      notification({ id: 5, kind: 'private_message', title: 'About tomorrow', createdAt: now - 50 * minute }),
      notification({ id: 4, kind: 'liked', actor: 'tomas', secondActor: 'ines', count: 4, createdAt: now - 3 * hour }),
      notification({ id: 3, kind: 'replied', read: true, title: 'مرحبا بالجميع', createdAt: now - 26 * hour }),
      notification({ ...badge, id: 2, read: true, createdAt: now - 80 * hour }),
    ],
  }),
  account({
    id: 'account-2',
    site: rust,
    username: 'eve_with_a_rather_long_name',
    items: [],
    checkedAt: now - 3 * hour,
  }),
  account({
    id: 'account-3',
    site: garden,
    counts: counts({ notifications: 1200, chat: 5, reviewables: 2 }),
    state: { kind: 'offline', since: now - 2 * hour, failure: { code: 'offline', params: { host: garden.host } } },
    items: [notification({ id: 9, kind: 'mentioned', title: 'Pruning', actor: 'ada', createdAt: now - 5 * hour })],
    checkedAt: now - 2 * hour,
  }),
  account({
    id: 'account-4',
    site: { ...rust, base: 'https://old.example', host: 'old.example', title: 'Old Forum' },
    state: { kind: 'needsSignIn', failure: { code: 'access_refused', params: { host: 'old.example' } } },
    checkedAt: now - 24 * hour,
  }),
]

const report: DiagnosisReport = {
  platform: 'linux x64',
  runtime: 'Node 22',
  log: '/home/eve/.config/discourse-notifier/log',
  ...{ crashes: null, policy: null, desktop: [], accounts: [] },
}

const waiting = (some: Parameters<typeof attempt>[0] = {}) =>
  attempt({
    site: { ...meta, title: 'New Forum', base: 'https://new.example', host: 'new.example' },
    methods: ['redirect', 'device', 'paste'],
    canLimitAccess: true,
    ...some,
  })

/**
 * Opens the built page with the samples, at the time of the samples.
 * @param appearance what the user has chosen; texts are in the language of it
 * @param answers what commands give back, where that is to differ
 * @param areAlertsWanted whether the page is to offer alerts
 */
export const openSample = async (
  page: Page,
  appearance: Partial<Snapshot['preferences']['appearance']> & { readonly language: Language },
  answers: Answers = {},
  areAlertsWanted = async () => false,
) => {
  const first = snapshot({
    accounts: [...accounts],
    keypair: { createdAt: now - 90 * 24 * hour },
    preferences: { ...defaultPreferences, appearance: { ...defaultPreferences.appearance, ...appearance } },
  })
  const all: Answers = {
    ...{ 'site.inspect': () => ok(waiting().site), 'diagnose.report': () => ok(report) },
    'attempt.begin': () => {
      server.push({ ...server.present(), attempts: [waiting()] })
      return ok({ attempt: waiting().id, expiresAt: waiting().expiresAt })
    },
    'marking.begin': () => ok({ marking: 'marking-1' }),
    ...answers,
  }
  const server = await serveSnapshot(first, all, undefined, areAlertsWanted)
  await page.clock.setFixedTime(now)
  await page.goto(server.url)
  const t = await loadTranslate({ language: appearance.language, locale: appearance.language })
  const sample: SamplePage = { page, server, t, snapshot: first }
  await isOverview(sample)
  return sample
}

const isOverview = async ({ page, t }: SamplePage): Promise<void> => {
  await page.getByRole('list', { name: t('overview.accounts') }).waitFor()
  // The inbox beside it in a wide window comes a little later, as do the menus of rows in Home, for which a right click asks.
  const inbox = page.getByRole('list', { name: t('inbox.list') })
  if ((page.viewportSize()?.width ?? 0) >= 720) await inbox.waitFor()
  await expect(page.locator('[data-account] li:has(a):not(:has([aria-haspopup=menu]))')).toHaveCount(0)
}

/** Back to the overview with everything as it was at first. */
export const resetSample = async (sample: SamplePage): Promise<void> => {
  sample.server.push(sample.snapshot)
  // A reload stays in the view that the address names.
  await sample.page.evaluate("history.replaceState(null, '', '/')")
  await sample.page.reload()
  await isOverview(sample)
}

const button = ({ page }: SamplePage, name: string): Locator => page.getByRole('button', { name, exact: true })

const goTo = async ({ page }: SamplePage, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

const openInbox = async (sample: SamplePage): Promise<void> => {
  await goTo(sample, 'g', 'i')
  await sample.page.getByRole('list', { name: sample.t('inbox.list') }).waitFor()
}

const openAccess = async (sample: SamplePage): Promise<void> => {
  await button(sample, sample.t('overview.access')).click()
  await sample.page.getByRole('table').waitFor()
}

const openSettings = async (sample: SamplePage): Promise<void> => {
  await goTo(sample, 'g', 's')
  await sample.page.locator('main select').first().waitFor()
}

const openAddress = async (sample: SamplePage): Promise<void> => {
  await goTo(sample, 'n')
  await sample.page.getByLabel(sample.t('add.address')).waitFor()
}

const openApprove = async (sample: SamplePage): Promise<void> => {
  await openAddress(sample)
  await sample.page.getByLabel(sample.t('add.address')).fill('new.example')
  await sample.page.keyboard.press('Enter')
  await approveLink(sample).waitFor()
}

const approveLink = ({ page }: SamplePage): Locator => page.locator('dialog a[href^="/open/"]')

const openWaiting = async (sample: SamplePage): Promise<void> => {
  await openApprove(sample)
  const opened = sample.page.context().waitForEvent('page')
  await approveLink(sample).click()
  await (await opened).close()
  await sample.page.locator('dialog textarea').waitFor()
}

const openCode = async (sample: SamplePage): Promise<void> => {
  const code = waiting({ method: 'device', userCode: 'BCDF-GHJK' })
  sample.server.push({ ...sample.snapshot, attempts: [code] })
  await button(sample, sample.t('overview.resumeOf', { title: code.site.title })).click()
  await sample.page.locator('dialog[open]').waitFor()
}

const openDone = async (sample: SamplePage): Promise<void> => {
  await openWaiting(sample)
  sample.server.push({ ...sample.snapshot, attempts: [waiting({ state: { kind: 'done', account: 'account-1' } })] })
  await button(sample, sample.t('add.finish')).waitFor()
}

export const sampleViews: readonly SampleView[] = [
  { name: 'overview', open: isOverview },
  {
    name: 'welcome',
    open: async ({ page, server, t, snapshot: first }) => {
      server.push({ ...first, accounts: [] })
      await page.getByRole('list', { name: t('welcome.steps') }).waitFor()
    },
  },
  {
    name: 'expanded',
    open: async (sample) => {
      // What can be done with a notification shows at the pointer.
      const { page } = sample
      await page.locator('[data-account] li a').first().hover()
      await page.locator('[data-account] li').first().waitFor()
    },
  },
  {
    name: 'banners',
    open: async ({ page, server, t, snapshot: first }) => {
      const vault = { kind: 'unavailable', failure: { code: 'keychain_locked' } } as const
      const notices = [
        {
          id: 'notice',
          failure: { code: 'settings_not_saved', params: { reason: 'EACCES', file: 'settings.json' } },
          at: now,
        },
      ] as const
      server.push({
        ...first,
        vault,
        notices,
        attempts: [waiting()],
        quiet: { isQuiet: true, reason: 'paused', until: null },
      })
      await page.getByRole('list', { name: t('overview.attempts') }).waitFor()
    },
  },
  { name: 'inbox', open: openInbox },
  {
    name: 'mark-all',
    open: async (sample) => {
      await openInbox(sample)
      await button(sample, sample.t('inbox.markAll')).click()
      await button(sample, sample.t('undo.undo')).waitFor()
    },
  },
  { name: 'access', open: openAccess },
  {
    name: 'access-details',
    open: async (sample) => {
      await openAccess(sample)
      await sample.page.getByRole('rowheader').first().getByRole('button').click()
      await sample.page.locator('dl').waitFor()
    },
  },
  {
    name: 'revoke',
    open: async (sample) => {
      await openAccess(sample)
      await button(sample, sample.t('access.revokeOf', { title: 'Meta', username: 'eve' })).click()
    },
  },
  { name: 'settings', open: openSettings },
  {
    name: 'account',
    open: async (sample) => {
      await openSettings(sample)
      await button(sample, sample.t('settings.accountOf', { title: 'Meta', username: 'eve' })).click()
      await sample.page.locator('fieldset').waitFor()
    },
  },
  {
    name: 'diagnostics',
    open: async (sample) => {
      await openSettings(sample)
      await button(sample, sample.t('diagnostics.title')).click()
      await sample.page.getByText('linux x64', { exact: true }).waitFor()
    },
  },
  { name: 'add-address', open: openAddress },
  { name: 'add-approve', open: openApprove },
  { name: 'add-waiting', open: openWaiting },
  { name: 'add-code', open: openCode },
  { name: 'add-done', open: openDone },
  {
    name: 'shortcuts',
    open: async (sample) => {
      await goTo(sample, '?')
      await sample.page.locator('dialog[open]').waitFor()
    },
  },
]
