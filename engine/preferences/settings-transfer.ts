import * as v from 'valibot'
import type { CommandResults } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { arrange } from '../../common/preferences/arrange.ts'
import {
  accountPreferences,
  defaultAccount,
  defaultPreferences,
  type Preferences,
  type PreferencesChange,
  preferencesSchema,
  readPreferences,
} from '../../common/preferences/preferences.ts'
import { readAddress } from '../discourse/address.ts'
import type { Model } from '../model.ts'
import { parseJson } from '../parsing/parse-json.ts'
import type { PreferencesChanges } from './preferences.ts'

/** Exports, imports and resets settings. */
export interface SettingsTransfer {
  /**
   * What the user has chosen and which accounts there are, as JSON. Never a key, a nonce or an id; not the network,
   * starting at login, a shortcut and updates, which belong to this computer, nor a pause, which is temporary.
   */
  exported(): string
  /**
   * Applies what `exported` wrote. A single value that this version does not know becomes the default, as in the settings
   * file; unknown names are left out. Accounts are added only by signing in, so those that are missing are returned.
   * Failures: `import_unreadable`, `import_newer`, and then nothing has changed; those of `PreferencesChanges.change`.
   */
  import(text: string): Promise<Result<CommandResults['settings.import']>>
  /**
   * Resets everything to its default; accounts stay, in their order and groups. Failures: those of
   * `PreferencesChanges.change`.
   */
  reset(): Promise<Result<null>>
}

const kind = 'discourse-notifier-settings'
const version = 1

const headSchema = v.object({ kind: v.literal(kind), version: v.pipe(v.number(), v.integer(), v.minValue(1)) })

const accountSchema = v.object({
  address: v.pipe(v.string(), v.maxLength(2000)),
  /** What Discourse accepts as a user name (`UsernameValidator`), with room for forums that allow longer ones. */
  username: v.pipe(v.string(), v.regex(/^[\p{L}\p{M}\p{N}_.-]{1,120}$/u)),
  preferences: v.optional(v.unknown()),
  /** The index of its group among `groups`. */
  group: v.optional(v.unknown()),
})

const fileSchema = v.object({
  ...headSchema.entries,
  preferences: v.record(v.string(), v.unknown()),
  /** In their order. */
  accounts: v.pipe(v.array(accountSchema), v.maxLength(1000)),
  /** Omitted by versions without groups: then order and groups stay as they are here. */
  groups: v.optional(v.array(v.unknown())),
})

export const createSettingsTransfer = (model: Model, preferences: PreferencesChanges): SettingsTransfer => {
  const isHere = (address: string, username: string) =>
    model
      .accounts()
      .find(({ site, username: own }) => site.base === address && own.toLowerCase() === username.toLowerCase())

  return {
    exported: () => {
      // What a newer version has left in the settings stays there.
      const { alerts, quiet, badge, appearance, general, overview } = v.parse(preferencesSchema, model.preferences())
      const [ungrouped, ...grouped] = arrange(
        overview,
        model.accounts().filter(({ revoking }) => !revoking),
      )
      const accounts = [ungrouped, ...grouped].flatMap((section, index) =>
        section.accounts.map(({ id, site, username }) => ({
          address: site.base,
          username,
          preferences: accountPreferences(model.preferences(), id),
          ...(section.group === null ? {} : { group: index - 1 }),
        })),
      )
      const groups = overview.groups.map(({ name, isFolded }) => ({ name, isFolded }))
      const chosen = {
        ...{ alerts, quiet: { ...quiet, pausedUntil: null }, badge, appearance },
        general: portable(general),
      }
      return `${JSON.stringify({ kind, version, preferences: chosen, accounts, groups }, null, 2)}\n`
    },
    import: async (text) => {
      const json = parseJson(text)
      const head = v.safeParse(headSchema, json)
      if (!head.success) return fail('import_unreadable')
      if (head.output.version > version) return fail('import_newer')
      const file = v.safeParse(fileSchema, json)
      if (!file.success) return fail('import_unreadable')
      const change = changeTo(file.output.preferences)
      const { groups } = file.output
      const overview = groups && { ungrouped: [] as string[], groups: groupsOf(groups) }
      const missing = new Map<string, { address: string; username: string }>()
      for (const { address, username, preferences: own, group } of file.output.accounts) {
        const places = readAddress(address, true)
        const base = places.ok ? places.value.at(-1) : undefined
        if (base === undefined) return fail('import_unreadable')
        const account = isHere(base, username)
        if (account !== undefined) {
          change.accounts = { ...change.accounts, [account.id]: accountOf(own) }
          const list = overview?.groups.find(({ id }) => id === groupId(group))?.accounts ?? overview?.ungrouped
          list?.push(account.id)
        } else missing.set(`${base} ${username.toLowerCase()}`, { address: base, username })
      }
      const { pausedUntil } = model.preferences().quiet
      const changed = await preferences.change({
        ...change,
        quiet: { ...change.quiet, pausedUntil },
        overview,
      })
      return changed.ok ? ok({ missing: [...missing.values()] }) : changed
    },
    reset: () => {
      const { accounts: _, overview: __, ...defaults } = v.parse(preferencesSchema, defaultPreferences)
      const ids = model.accounts().map(({ id }) => id)
      return preferences.change({
        ...defaults,
        accounts: Object.fromEntries(ids.map((id) => [id, accountOf(defaultAccount)])),
      })
    },
  }
}

/** What does not depend on the computer. */
const portable = ({ refreshSeconds, singleKeys, readOnOpen }: Preferences['general']) => ({
  refreshSeconds,
  singleKeys,
  readOnOpen,
})

/** The sections of a file, each complete, and nothing that this version does not know. */
const changeTo = (stored: unknown): PreferencesChange => {
  const { alerts, quiet, badge, appearance, general } = v.parse(preferencesSchema, readPreferences(stored))
  return { alerts, quiet, badge, appearance, general: portable(general) }
}

/** The id that a group of a file gets here, from its index there. */
const groupId = (index: unknown): string => `group-${Number(index) + 1}`

const groupsOf = (stored: readonly unknown[]) => {
  const groups = stored.map((group, index) => ({ ...Object(group), id: groupId(index), accounts: [] }))
  return v.parse(preferencesSchema, readPreferences({ overview: { groups } })).overview.groups
}

const accountOf = (stored: unknown): NonNullable<PreferencesChange['accounts']>[string] => {
  const { accounts } = v.parse(preferencesSchema, readPreferences({ accounts: { one: stored } }))
  return { ...accounts['one'] }
}
