import * as v from 'valibot'
import {
  type CommandHandlers,
  type CommandName,
  type CommandResults,
  commandInputs,
  isCommandName,
} from '../common/commands.ts'
import { fail, ok, type Result } from '../common/failure.ts'
import { createTranslate } from '../common/i18n.ts'
import type { SignInMethod } from '../common/sign-in-method.ts'
import type { Snapshot, VaultState } from '../common/snapshot.ts'
import { createAcceptAnswer } from './accounts/accept-answer.ts'
import { createMarkRead } from './accounts/mark-read.ts'
import { createRevocation } from './accounts/revocation.ts'
import { createSignIn } from './accounts/sign-in.ts'
import type { Alert } from './alerts/alert.ts'
import { createAlerts } from './alerts/alerts.ts'
import { type Clock, createEndingClock } from './clock.ts'
import type { Http } from './discourse/http.ts'
import { lookAtSite } from './discourse/look-at-site.ts'
import { createModel } from './model.ts'
import type { Random } from './random.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { StateFiles } from './storage/state-files.ts'
import type { Vault } from './storage/vault.ts'
import type { Presence } from './sync/presence.ts'
import { createSync } from './sync/sync.ts'

/** Everything the notifier knows and does; a shell hosts one. */
export interface Engine {
  /** Opens the vault, takes up waiting attempts, begins to ask the forums. */
  start(): Promise<void>
  snapshot(): Snapshot
  /** Calls with each new snapshot; gives a function that ends it. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
  /** Runs a command whose name and input come from outside. Failures: `command_invalid`, those of the command. */
  execute(name: unknown, input: unknown): Promise<Result<CommandResults[CommandName]>>
  /** Begins an attempt and tells where to approve it; for a trusted terminal. Failures: those of `attempt.begin`. */
  begin(address: string, method: SignInMethod | undefined): Promise<Result<BegunAttempt>>
  /** Where the user approves a waiting attempt; for a browser, a trusted terminal, and nobody else. */
  authorizeUrl(attempt: string): string | undefined
  /** What the shell has learnt about user and machine; without it they are taken to be here and awake. */
  setPresence(presence: Partial<Presence>): void
  /** The network is another one, or back: what failed for its sake is tried again, once. */
  networkChanged(): void
  /** Writes what is to be written and ends every timer and connection. */
  stop(): Promise<void>
}

/** An attempt and the page where the user approves it. */
export interface BegunAttempt {
  readonly attempt: string
  readonly authorizeUrl: string
  readonly expiresAt: number
  /** What to type on that page; null for the ways in that need no code. */
  readonly userCode: string | null
}

/** What a shell supplies. */
export interface EngineOptions {
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly appVersion: string
  /** Milliseconds between two questions about one account while the user is here and its forum has no live channel. */
  readonly interval: number
  /** The better of the two ways that every forum has: redirect only where `discourse:` addresses reach this program. */
  readonly usualMethod: () => 'redirect' | 'paste'
  readonly alert: (alert: Alert) => void
  /** Puts text on the clipboard; a shell whose page does that itself leaves it out. */
  readonly copyText?: (text: string) => void
}

/** A browser needs a while to load a page, and only then does the forum count it as read. In milliseconds. */
const readingTimes = [5000, 30_000] as const

export const createEngine = (options: EngineOptions): Engine => {
  const { settings, files, vault, http, random, appVersion, interval, usualMethod, alert, copyText } = options
  const clock = createEndingClock(options.clock)
  const t = createTranslate()
  const model = createModel({ settings, files, vault, clock, appVersion })
  const alerts = createAlerts({ model, clock, files, t, show: alert })
  const sync = createSync({
    model,
    vault,
    http,
    clock,
    random,
    files,
    interval,
    onCounts: alerts.counts,
    onNews: alerts.news,
    onSession: () => undefined,
    onRefused: alerts.refused,
  })
  const markRead = createMarkRead({ model, vault, sync })
  const revocation = createRevocation({ model, vault, clock, sync })

  /** Does something to the vault; when it opens by that, every account that stood at its door goes on. */
  const changeVault = async (change: () => Promise<VaultState>): Promise<Result<null>> => {
    const before = vault.state().kind
    const state = await change()
    if (state.kind !== before) {
      model.touch()
      sync.start()
      signIn.watchWaiting()
      void revocation.revokeRetired()
    }
    return state.kind === 'unavailable' ? { ok: false, failure: state.failure } : ok(null)
  }

  const openVault = () => changeVault(vault.open)

  const acceptAnswer = createAcceptAnswer({
    model,
    vault,
    openVault,
    http,
    clock,
    random,
    onConnected: sync.renew,
    onRetired: () => void revocation.revokeRetired(),
  })
  const signIn = createSignIn({ model, vault, openVault, http, clock, random, usualMethod, accept: acceptAnswer })

  const handlers: CommandHandlers = {
    'site.look': async ({ address, allowPlain }) => {
      const looked = await lookAtSite(http, address, allowPlain)
      return looked.ok ? ok(looked.value.site) : looked
    },
    'attempt.begin': signIn.begin,
    'attempt.switch': signIn.switchMethod,
    'attempt.limit': signIn.limitAccess,
    'attempt.copyLink': async ({ attempt }) => {
      const link = signIn.authorizeUrl(attempt)
      if (link === undefined || copyText === undefined) return fail('attempt_unknown')
      copyText(link)
      return ok(null)
    },
    'attempt.accept': ({ text }) => acceptAnswer(text),
    'attempt.dismiss': signIn.dismiss,
    'account.refresh': async ({ account }) => {
      if (account !== undefined) return sync.refresh(account)
      const answers = await Promise.all(model.accounts().map(({ id }) => sync.refresh(id)))
      return answers.find((answer) => !answer.ok) ?? ok(null)
    },
    'account.opened': async ({ account }) => {
      for (const delay of readingTimes) clock.after(delay, () => void sync.refresh(account))
      return ok(null)
    },
    'account.readAll': ({ account }) => markRead.all(account),
    'notification.read': ({ account, notification }) => markRead.one(account, notification),
    'account.revoke': async ({ account }) =>
      model.account(account) === undefined ? fail('account_unknown', { account }) : revocation.revoke(account),
    'account.forget': ({ account }) => revocation.forget(account),
    'vault.retry': openVault,
    'vault.useSession': () => changeVault(async () => vault.keepInMemory()),
    'notice.dismiss': async ({ notice }) => {
      model.removeNotice(notice)
      return ok(null)
    },
  }

  return {
    start: async () => {
      await vault.open()
      model.touch()
      await signIn.start()
      sync.start()
      revocation.start()
      void revocation.revokeRetired()
    },
    snapshot: model.snapshot,
    subscribe: model.subscribe,
    execute: async (name, input) => {
      if (!isCommandName(name)) return fail('command_invalid', { reason: 'there is no such command' })
      return await run(handlers, name, input)
    },
    begin: async (address, method) => {
      const begun = await signIn.begin({ address, ...(method === undefined ? {} : { method }) })
      if (!begun.ok) return begun
      const authorizeUrl = signIn.authorizeUrl(begun.value.attempt)
      return authorizeUrl === undefined
        ? fail('attempt_unknown')
        : ok({ ...begun.value, authorizeUrl, userCode: model.attempt(begun.value.attempt)?.userCode ?? null })
    },
    authorizeUrl: signIn.authorizeUrl,
    setPresence: sync.setPresence,
    networkChanged: sync.networkChanged,
    stop: async () => {
      clock.end()
      // What was being asked ends in failures, which the model still takes; then nothing changes any more.
      await http.close()
      sync.stop()
      await model.saveAll()
    },
  }
}

const run = async <Name extends CommandName>(
  handlers: CommandHandlers,
  name: Name,
  input: unknown,
): Promise<Result<CommandResults[Name]>> => {
  const parsed = v.safeParse(commandInputs[name], input)
  if (!parsed.success) return fail('command_invalid', { reason: parsed.issues[0].message })
  try {
    return await handlers[name](parsed.output)
  } catch {
    // A handler answers with a failure for whatever may happen outside; what ends here is a fault of ours.
    return fail('internal')
  }
}
