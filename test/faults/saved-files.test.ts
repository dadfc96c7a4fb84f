import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { type Snapshot, snapshotSchema } from '../../common/contract/snapshot.ts'
import { unprintable } from '../../common/contract/unprintable.ts'
import { trayTooltip } from '../../common/glance/glance.ts'
import { counts, notification } from '../../common/testing/samples.ts'
import { alertLedgerSchema, emptyLedger } from '../../engine/alerts/ledger/alert-ledger.ts'
import { emptyCache } from '../../engine/storage/account-cache.ts'
import { noSecrets } from '../../engine/storage/secrets.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import { listLines } from '../../headless/commands/list.ts'
import { listNotifications } from '../../headless/commands/listed-notifications.ts'
import { statusLines } from '../../headless/commands/status.ts'
import { t } from '../../headless/output.ts'
import { barFormats, barText } from '../../headless/status-bars/bar-formats.ts'
import { rigItem } from '../rig/engine-rig.ts'
import { createFakeClock } from '../rig/fake-clock.ts'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { setUpRigs } from '../rig/set-up-rigs.ts'

// One value in one file of one account is wrong, for each value that a file has and each way to be wrong. Whatever shows all
// accounts at once still works, with everything about the account beside it.

const { rigOf } = setUpRigs()

const now = createFakeClock().now()

/** Wrong values as a file spells them. */
const wrong = [
  ...['1e400', '-1e400', '1e300', '9e15', '-9e15', '8640000000000001', '-1', '0.5', '9007199254740993'],
  ...['null', 'true', '[]', '{}', '""', '"NaN"', '"__proto__"'],
  JSON.stringify('x'.repeat(2100)),
  '"\\ud800"',
  '"\\u0000\\u001b[31m\\u009b1mtext"',
  '"\\u202e\\u2066text\\u2028ready http://evil.example"',
]

const savedAccount = (id: string) => ({
  id,
  site: { base: `https://${id}.example`, host: `${id}.example`, title: 'Meta', color: null },
  username: 'eve',
  userId: 7,
  clientId: 'c',
  scopes: ['notifications'],
  apiVersion: 4,
  approvedAt: now - 1000,
  expiresAt: now + 1e9,
  refused: false,
  revoking: false,
})

const row = notification({
  url: 'https://sound.example/t/release-notes/7/2',
  createdAt: now - 1000,
  actorName: 'Mika',
  secondActor: 'ann',
  place: 'staff',
  excerpt: 'Read this',
})
const cache = {
  ...emptyCache(),
  counts: {
    ...counts({ notifications: 2 }),
    topics: { new: 1, unread: 2 },
    groupInboxes: [{ id: 4, name: 'g', count: 2 }],
  },
  checkedAt: now - 1000,
  lastUsedAt: now - 1000,
  items: [row],
  listedAt: now - 1000,
  doNotDisturbUntil: now + 1e6,
}
const ledger = {
  ...emptyLedger(now - 1e6),
  known: [{ id: 1, content: 'x', isRead: false }],
  pending: [{ ...row, id: 9 }],
  snoozed: [{ item: row, until: now + 1e6 }],
  deferred: [{ ...row, id: 8 }],
  counts: counts({ chat: 1 }),
  shown: [{ place: 'x', at: now - 5000 }],
}

type Path = readonly string[]

/** The places of all values inside, lists and objects included. */
const placesIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))]
    : [path]

/** The JSON text of a value with another text in one place. */
const textWith = (value: unknown, path: Path, text: string): string => {
  const replace = (inner: unknown, [name, ...rest]: Path): unknown => {
    if (name === undefined) return '@@'
    const entries = Object.entries(inner as object).map(([key, each]) => [
      key,
      key === name ? replace(each, rest) : each,
    ])
    return Array.isArray(inner) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
  }
  return JSON.stringify(replace(value, path)).replace('"@@"', () => text)
}

const spoilt = (value: object): readonly string[] =>
  placesIn(value)
    .filter((path) => path.length > 0)
    .flatMap((path) => wrong.map((text) => textWith(value, path, text)))

/** Files that exist already, by name. */
const filesOf = (texts: ReadonlyMap<string, string>): StateFiles => ({
  read: (name) => JSON.parse(texts.get(name) ?? 'null') ?? undefined,
  write: () => undefined,
  remove: () => undefined,
  settled: async () => undefined,
  flush: async () => ok(null),
})

const nobodyAnswers = {
  send: async () => fail('offline'),
  close: async () => undefined,
  setNetwork: async () => [],
}

const idsOf = (texts: readonly string[]): readonly string[] => texts.map((_, index) => `account${index}`)

/** Starts with one account for each text; resolves with what a user interface gets. */
const snapshotFrom = async (accounts: readonly string[], files: ReadonlyMap<string, string>): Promise<Snapshot> => {
  const keychain = createMemoryKeychain()
  const keys = Object.fromEntries([...idsOf(accounts), 'sound'].map((id) => [id, 'k']))
  keychain.items.set(rigItem, JSON.stringify({ ...noSecrets(), keys }))
  const all = [...accounts, JSON.stringify(savedAccount('sound'))].join(',')
  const rig = await rigOf({
    keychain,
    settings: `{"version":1,"accounts":[${all}],"attempts":[],"preferences":{}}`,
    files: filesOf(new Map([...files, ['account-sound', JSON.stringify(cache)]])),
    http: nobodyAnswers,
  })
  return v.parse(snapshotSchema, JSON.parse(JSON.stringify(rig.engine.snapshot())))
}

/** Addresses that a row in a damaged file may have, none of them a page of a forum. */
const noPages = [
  ...['', 'x', '/t/7', '//sound.example/t/7', 'https://', 'https://[x]/', 'http://sound.example:99999/'],
  ...['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'discourse://auth_redirect?payload=x'],
  ...['https://eve:secret@sound.example/', 'https://sound.example\\@evil.example/', 'https://sound.example/"><script>'],
] as const
/** Pages of others. */
const elsewhere = ['https://evil.example/t/7', 'https://sound.example.evil.example/', 'http://sound.example/t/7']

const expectShown = (snapshot: Snapshot): void => {
  const found = listNotifications(snapshot.accounts, {
    isUnreadOnly: false,
    isSnoozed: false,
    group: undefined,
    search: '',
  })
  const names = new Map(snapshot.accounts.map(({ id }) => [id, id]))
  const lines = [
    ...statusLines(snapshot, now, Number.POSITIVE_INFINITY, false),
    ...listLines(found, names, now, Number.POSITIVE_INFINITY, false),
    ...barFormats.filter((format) => format !== 'xbar').map((format) => barText(format, { snapshot, t, now })),
  ]
  expect(lines.filter((line) => unprintable.test(line)).map((line) => JSON.stringify(line))).toEqual([])
  expect(trayTooltip(t, snapshot, now).length).toBeGreaterThan(0)
  const sound = snapshot.accounts.find(({ id }) => id === 'sound')
  expect(sound?.counts?.total).toBe(2)
  expect(sound?.items).toHaveLength(1)
}

/** Every time in it, by its place. */
const timesIn = (snapshot: Snapshot): readonly (readonly [string, unknown])[] =>
  placesIn(snapshot)
    .filter((path) => /(At|^at|^until|^since)$/.test(path.at(-1) ?? ''))
    .map((path) => [
      path.join('.'),
      path.reduce<unknown>((inner, name) => Reflect.get(inner as object, name), snapshot),
    ])

const expectTimes = (snapshot: Snapshot): void => {
  const times = timesIn(snapshot)
  expect(times.length).toBeGreaterThan(100)
  expect(times.filter(([, time]) => time !== null && Number.isNaN(new Date(Number(time)).getTime()))).toEqual([])
}

describe('one wrong value', () => {
  it('of an account in the settings hides that account at most', async () => {
    const accounts = spoilt(savedAccount('account0')).map((text, index) =>
      text.replaceAll('account0', `account${index}`),
    )
    const snapshot = await snapshotFrom(accounts, new Map())
    // Wrong texts are cleaned or cut down to their account; wrong numbers and kinds leave it out.
    expect(snapshot.accounts.length).toBeGreaterThan(40)
    expectShown(snapshot)
    expectTimes(snapshot)
  })

  it.each([
    ['cache', 'account', cache],
    ['alert ledger', 'alerts', ledger],
  ])('of an account’s %s costs that %s at most', async (_, file, value) => {
    const texts = spoilt(value)
    const ids = idsOf(texts)
    const files = new Map(ids.map((id, index) => [`${file}-${id}`, texts[index] ?? '']))
    const snapshot = await snapshotFrom(
      ids.map((id) => JSON.stringify(savedAccount(id))),
      files,
    )
    expect(snapshot.accounts).toHaveLength(ids.length + 1)
    expectShown(snapshot)
    expectTimes(snapshot)
  })
})

describe('an address that is no page of the forum', () => {
  const rowsOf = (snapshot: Snapshot) => snapshot.accounts.flatMap(({ items }) => items ?? [])

  it.each([...noPages, ...elsewhere])('is not shown from a cache: %j', async (url) => {
    const files = new Map([['account-account0', JSON.stringify({ ...cache, items: [{ ...row, url }] })]])
    const snapshot = await snapshotFrom([JSON.stringify(savedAccount('account0'))], files)
    expect(rowsOf(snapshot).map((item) => item.url)).toEqual([row.url])
    expectShown(snapshot)
  })

  it.each(noPages)('is not read from a ledger: %j', (url) => {
    for (const name of ['pending', 'deferred', 'snoozed'] as const) {
      const item = { ...row, url }
      const entries = name === 'snoozed' ? [{ item, until: now + 1e6 }] : [item]
      expect(v.is(alertLedgerSchema, { ...ledger, [name]: entries })).toBe(false)
    }
    expect(v.is(alertLedgerSchema, ledger)).toBe(true)
  })
})
