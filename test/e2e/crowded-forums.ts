import { ok } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, counts, minute, notification, now } from '../../common/testing/samples.ts'
import type { Answers } from '../rig/serve-snapshot.ts'

// Twenty forums, half of them in trouble, with names, titles and people of every length and script.

export const hour = 60 * minute
const titles = [
  'Meta',
  'Rust Users',
  'The Society of Gardeners and Friends of Old Roses in the North',
  'منتدى البرمجة',
  '日本語フォーラム',
  'Café 🚀 Makers',
  'Donaudampfschifffahrtsgesellschaftskapitäne',
  'K',
  ...['Home Assistant', 'OpenStreetMap', 'Old Forum', 'Fedora', 'Ubuntu', 'Blender', 'Obsidian', 'Swift', 'Elixir'],
  ...['Julia', 'Nextcloud', 'Grafana'],
]
const long = 'eve_with_a_rather_long_name_that_goes_on'
const usernames = ['eve', long, 'e', 'עלמה', 'eve.the-maker']
const longTitle =
  'A very long title about the seventh annual meeting of the gardeners, with all its speakers, rooms and times, and the list of what has to be brought along'
const rightToLeft = 'كيف أبدأ التعلم مع Rust؟'

const hostOf = (index: number): string =>
  index === 2 ? 'forum.gardeners-and-friends-of-old-roses.example/forum' : `forum${index}.example`

/** What is the matter with the forum at an index; those that are not here are in order. */
const troubles: Readonly<Record<number, AccountView['state']>> = {
  6: {
    kind: 'stale',
    since: now - hour,
    failure: { code: 'site_busy', params: { host: hostOf(6), status: 502 } },
    retryAt: now + 5 * minute,
  },
  7: {
    kind: 'offline',
    since: now - 2 * hour,
    failure: { code: 'timed_out', params: { host: hostOf(7), seconds: 10 } },
  },
  8: { kind: 'maintenance', since: now - hour, failure: { code: 'site_maintenance', params: { host: hostOf(8) } } },
  9: { kind: 'limited', until: now + 90_000 },
  10: { kind: 'needsSignIn', failure: { code: 'access_refused', params: { host: hostOf(10) } } },
  11: { kind: 'needsSignIn', failure: { code: 'key_missing', params: { host: hostOf(11) } } },
  12: { kind: 'needsSignIn', failure: { code: 'access_refused', params: { host: hostOf(12) } } },
  13: { kind: 'locked' },
  14: {
    kind: 'stale',
    since: now - hour,
    failure: { code: 'site_moved', params: { host: hostOf(14), target: 'forum.a-new-and-longer-address.example' } },
  },
  15: { kind: 'stale', since: now - hour, failure: { code: 'tls_untrusted', params: { host: hostOf(15) } } },
}

const news: Readonly<Record<number, readonly NotificationItem[]>> = {
  0: [
    notification({ id: 21, excerpt: 'It is out, and here is what has changed since', face: '/image/mika' }),
    notification({ id: 22, kind: 'private_message', title: longTitle, topic: 8, createdAt: now - 50 * minute }),
    notification({
      id: 23,
      kind: 'liked',
      actor: 'tomas_with_a_name_of_great_length_and_more',
      ...{ secondActor: 'ines', count: 4, topic: 9, title: 'Which compost? 🍅', createdAt: now - 3 * hour },
    }),
    notification({
      id: 24,
      kind: 'replied',
      title: rightToLeft,
      ...{ actor: 'ليلى', topic: 10, createdAt: now - 5 * hour, excerpt: 'مرحبا بالجميع، هذا رد طويل' },
    }),
    notification({ id: 25, kind: 'quoted', topic: 11, title: 'Kapitänsmützenabzeichenherstellerverzeichnis' }),
  ],
  2: Array.from({ length: 7 }, (_, index) =>
    notification({ id: index + 1, topic: 100 + index, title: `Pruning ${index}`, createdAt: now - (index + 1) * hour }),
  ),
  3: [notification({ kind: 'replied', title: rightToLeft, actor: 'ليلى', createdAt: now - 20 * minute })],
  4: [1, 2].map((id) =>
    notification({ id, kind: 'replied', title: '来月の集まりについての長い長い題名です', actor: '太郎' }),
  ),
}

const newsOf = (index: number): Partial<AccountView> => {
  const items = news[index]
  if (items === undefined) return { items: [notification({ read: true, createdAt: now - (index + 1) * 20 * hour })] }
  return { items, counts: counts(index === 2 ? { notifications: 1200, chat: 5 } : { notifications: items.length }) }
}

export const crowdedAccounts: readonly AccountView[] = titles.map((title, index) =>
  account({
    id: `account-${index + 1}`,
    site: {
      ...{ base: `https://${hostOf(index)}`, host: hostOf(index), title },
      color: ['#e45735', '#2e7d32', null][index % 3] ?? null,
    },
    username: usernames[index % usernames.length] ?? 'eve',
    icon: index % 4 === 1 ? null : '/image/forum',
    avatar: index % 2 === 0 ? '/image/user' : null,
    state: troubles[index] ?? { kind: 'fresh' },
    hasOlder: index === 0,
    expiresAt: index % 5 === 2 ? now + 20 * 24 * hour : null,
    checkedAt: now - minute,
    ...newsOf(index),
  }),
)

/** The samples' snapshot with these accounts, rules and quiet hours, and what is given. */
export const crowded = ({ preferences, ...first }: Snapshot, some: Partial<Snapshot> = {}): Snapshot => ({
  ...first,
  accounts: crowdedAccounts,
  vault: { kind: 'session' },
  openAtLogin: false,
  linkOwner: { kind: 'other', name: 'Another program' },
  preferences: {
    ...preferences,
    alerts: {
      ...preferences.alerts,
      rules: [
        { about: 'words', text: 'release', alert: 'always' },
        { about: 'person', text: long, alert: 'never' },
      ],
    },
    quiet: {
      ...preferences.quiet,
      hours: [
        { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' },
        { days: [6, 7], from: '08:00', to: '10:00' },
      ],
      exceptPeople: ['mika', long],
    },
    overview: {
      ...preferences.overview,
      groups: [
        { id: 'group-1', name: 'Work and all that belongs to it', isFolded: false, accounts: ['account-19'] },
        { id: 'group-2', name: 'Garden', isFolded: true, accounts: ['account-20'] },
      ],
    },
  },
  ...some,
})

/** What commands give back there. */
export const crowdedAnswers: Answers = {
  'notification.snooze': () => ok({ until: now + 3 * hour }),
  'settings.import': () =>
    ok({ missing: [{ address: 'https://forum.gardeners-and-friends-of-old-roses.example/forum', username: long }] }),
}
