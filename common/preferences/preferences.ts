import * as v from 'valibot'
import type { Immutable } from '../contract/immutable.ts'
import { notificationKinds } from '../contract/notification.ts'
import { timeSchema } from '../contract/time-schema.ts'
import { acceleratorSchema } from './accelerator.ts'
import { fieldsOf, forgiving, withoutDeep } from './forgiving.ts'
import { defaultNetwork, networkSettingsSchema } from './network-settings.ts'
import { defaultOverview, forgivingOverview, overviewEntries } from './overview-preferences.ts'

// What the user may choose. It is in the settings file and in every snapshot, so it never contains a secret.

/** What is worth an alert; everything is counted whatever the level. */
const alertLevelSchema = v.picklist([
  'everything',
  /** Mentions, messages and replies. */
  'direct',
  /** Messages and mentions only. */
  'messages',
  'nothing',
])

/** The kinds of counts that a badge may add up. */
const countKinds = ['notifications', 'messages', 'chat', 'reviewables'] as const

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** Hours and minutes of a day, local time. */
const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

const quietHoursSchema = v.object({
  /** On which days they begin, 1 for Monday to 7 for Sunday (ISO 8601). */
  days: v.array(whole(1, 7)),
  from: timeOfDay,
  /** If it is not after `from`, it is on the next day: 22:00 to 07:00 is a night, 08:00 to 08:00 a whole day. */
  to: timeOfDay,
})

/** More than anybody would type. */
const mostRules = 200
const ruleText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))

/** What alerts, or does not, whatever its kind. */
const ruleSchema = v.object({
  /** Words in a title or an excerpt, or who did it. */
  about: v.picklist(['words', 'person']),
  text: ruleText,
  alert: v.picklist(['always', 'never']),
})
const rules = v.pipe(v.array(ruleSchema), v.maxLength(mostRules))

const alerts = {
  /** For accounts that have no level of their own. */
  level: alertLevelSchema,
  /** The system's, one of ours, or none. */
  sound: v.picklist(['system', 'chime', 'drop', 'none']),
  /** Of our own sounds, in per cent; the system's has its own. */
  volume: whole(0, 100),
  /** Alerts say neither who nor what. */
  hideContent: v.boolean(),
  hideContentWhileLocked: v.boolean(),
  /** How many alerts of a site may appear at once before one summary takes their place. */
  mostAtOnce: whole(1, 20),
  /** For all accounts; an account's own come first. */
  rules,
}

const quiet = {
  /** Milliseconds since 1970; `open` until the user switches alerts on again; null while they are not paused. */
  pausedUntil: v.nullable(v.union([timeSchema, v.literal('open')])),
  hours: v.pipe(v.array(quietHoursSchema), v.maxLength(50)),
  /** Alerts that the forum marks as high priority pass. */
  exceptHighPriority: v.boolean(),
  /** Messages of these people pass. */
  exceptPeople: v.pipe(v.array(ruleText), v.maxLength(mostRules)),
  obeyForum: v.boolean(),
  obeySystem: v.boolean(),
}

const badge = {
  counts: v.array(v.picklist(countKinds)),
  style: v.picklist(['number', 'dot', 'none']),
}

const appearance = {
  theme: v.picklist(['system', 'light', 'dark', 'contrast']),
  /** `system`, or a language tag such as `pt-BR` (RFC 5646). */
  language: v.union([v.literal('system'), v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))]),
  density: v.picklist(['comfortable', 'compact']),
  textSize: v.picklist(['default', 'large', 'largest']),
}

const general = {
  openAtLogin: v.boolean(),
  /** Whether the desktop app may have `discourse:` addresses given to it where no other program has them. */
  openLinks: v.boolean(),
  /** Seconds between two questions about an account without a live channel; null for the shell's own figure. */
  refreshSeconds: v.nullable(whole(30, 3600)),
  /** Newer versions of the desktop app: not looked for, offered, or fetched at once and installed at the end. */
  updates: v.picklist(['off', 'ask', 'download']),
  /** Whether new and unread topics and the inboxes of groups are shown beside what is counted. */
  topicCounts: v.boolean(),
  /** Whether single letters and signs do something in the page; who dictates may want that off (WCAG 2.1.4). */
  singleKeys: v.boolean(),
  /** The keys that open the desktop app's window from every program; null for none. */
  shortcut: v.nullable(acceleratorSchema),
  /** Whether a notification that is opened here becomes read on the forum. */
  readOnOpen: v.boolean(),
}

const kindsSchema = v.record(v.picklist(notificationKinds), v.picklist(['always', 'never']))

const account = {
  /** null for the level that holds for all. */
  level: v.nullable(alertLevelSchema),
  /** Kinds of notifications that alert, or do not, whatever the level. */
  kinds: kindsSchema,
  /** Numbers of topics on the account's site. */
  mutedTopics: v.pipe(v.array(whole(1, Number.MAX_SAFE_INTEGER)), v.maxLength(1000)),
  rules,
  sound: v.boolean(),
  /** Whether its counts are part of the badge. */
  inBadge: v.boolean(),
}

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

export const preferencesSchema = v.object({
  alerts: v.object(alerts),
  quiet: v.object(quiet),
  badge: v.object(badge),
  network: networkSettingsSchema,
  appearance: v.object(appearance),
  general: v.object(general),
  overview: v.object(overviewEntries),
  /** By the account's id; what is not here is as `defaultAccount` has it. */
  accounts: v.record(id, v.object(account)),
})

export type Preferences = Immutable<v.InferOutput<typeof preferencesSchema>>
export type AccountPreferences = Preferences['accounts'][string]
export type AlertLevel = v.InferOutput<typeof alertLevelSchema>
export type QuietPreferences = Preferences['quiet']
export type AlertRule = Preferences['alerts']['rules'][number]
export type QuietHours = QuietPreferences['hours'][number]

export const defaultAccount: AccountPreferences = {
  level: null,
  kinds: {},
  mutedTopics: [],
  rules: [],
  sound: true,
  inBadge: true,
}

export const defaultPreferences: Preferences = {
  alerts: {
    level: 'everything',
    sound: 'system',
    volume: 100,
    hideContent: false,
    hideContentWhileLocked: true,
    mostAtOnce: 3,
    rules: [],
  },
  quiet: {
    pausedUntil: null,
    hours: [],
    exceptHighPriority: false,
    exceptPeople: [],
    obeyForum: true,
    obeySystem: true,
  },
  badge: { counts: [...countKinds], style: 'number' },
  network: defaultNetwork,
  appearance: { theme: 'system', language: 'system', density: 'comfortable', textSize: 'default' },
  general: {
    openAtLogin: false,
    openLinks: true,
    refreshSeconds: null,
    updates: 'ask',
    topicCounts: false,
    singleKeys: true,
    shortcut: null,
    readOnOpen: true,
  },
  overview: defaultOverview,
  accounts: {},
}

/** What the user has chosen for one account. */
export const accountPreferences = (preferences: Preferences, id: string): AccountPreferences =>
  preferences.accounts[id] ?? defaultAccount

/** A wish to change some of it: sections with some of their fields, accounts with some of theirs. */
export const preferencesChangeSchema = v.partial(
  v.strictObject({
    alerts: v.partial(v.strictObject(alerts)),
    quiet: v.partial(v.strictObject(quiet)),
    badge: v.partial(v.strictObject(badge)),
    network: v.partial(v.strictObject(networkSettingsSchema.entries)),
    appearance: v.partial(v.strictObject(appearance)),
    general: v.partial(v.strictObject(general)),
    overview: v.partial(v.strictObject(overviewEntries)),
    accounts: v.record(id, v.partial(v.strictObject(account))),
  }),
)

export type PreferencesChange = v.InferOutput<typeof preferencesChangeSchema>

/** The preferences after a change. Lists, and the table of kinds, are replaced as a whole. */
export const changePreferences = (old: Preferences, change: PreferencesChange): Preferences => ({
  ...old,
  alerts: changed(old.alerts, change.alerts),
  quiet: changed(old.quiet, change.quiet),
  badge: changed(old.badge, change.badge),
  network: changed(old.network, change.network),
  appearance: changed(old.appearance, change.appearance),
  general: changed(old.general, change.general),
  overview: changed(old.overview, change.overview),
  accounts: {
    ...old.accounts,
    ...Object.fromEntries(
      Object.entries(change.accounts ?? {}).map(([id, some]) => [id, changed(accountPreferences(old, id), some)]),
    ),
  },
})

type Some<Section> = { readonly [Name in keyof Section]?: Section[Name] | undefined }

/** The same object when nothing changes, so that who compares need not look inside. */
const changed = <Section extends object>(old: Section, some: Some<Section> = {}): Section => {
  const entries = Object.entries(some).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? old : { ...old, ...Object.fromEntries(entries) }
}

/** The preferences without an account that is gone. */
export const withoutAccount = (preferences: Preferences, id: string): Preferences => {
  const { [id]: _, ...accounts } = preferences.accounts
  const { ungrouped, groups } = preferences.overview
  const without = (ids: readonly string[]) => ids.filter((other) => other !== id)
  return {
    ...preferences,
    overview: {
      ...preferences.overview,
      ungrouped: without(ungrouped),
      groups: groups.map((group) => ({ ...group, accounts: without(group.accounts) })),
    },
    accounts,
  }
}

/**
 * Reads what a settings file has under `preferences`, whichever version wrote it. A field that is missing or wrong is as
 * defaults and the others are kept; unknown sections and fields stay, so that a newer version finds them again.
 */
export const readPreferences = (stored: unknown): Preferences => {
  const sections = fieldsOf(stored)
  return {
    ...withoutDeep(sections),
    alerts: forgiving(v.looseObject(alerts), defaultPreferences.alerts, sections['alerts']),
    quiet: forgiving(v.looseObject(quiet), defaultPreferences.quiet, sections['quiet']),
    badge: forgiving(v.looseObject(badge), defaultPreferences.badge, sections['badge']),
    network: forgiving(networkSettingsSchema, defaultPreferences.network, sections['network']),
    appearance: forgiving(v.looseObject(appearance), defaultPreferences.appearance, sections['appearance']),
    general: forgiving(v.looseObject(general), defaultPreferences.general, sections['general']),
    overview: forgiving(forgivingOverview, defaultOverview, sections['overview']),
    accounts: Object.fromEntries(
      Object.entries(fieldsOf(sections['accounts']))
        .slice(0, mostAccounts)
        .map(([id, some]) => [id, forgiving(forgivingAccount, defaultAccount, some)]),
    ),
  }
}

/** More than are read of any settings file (engine/storage/saved-state.ts). */
const mostAccounts = 5000

const forgivingAccount = v.looseObject({
  ...account,
  // A kind that only a newer version knows takes no other with it.
  kinds: v.pipe(
    v.unknown(),
    v.transform((stored) => forgiving(kindsSchema, {}, stored)),
  ),
})
