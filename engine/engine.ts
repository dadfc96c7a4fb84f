import * as v from 'valibot'
import { imagePath, openSignedInPath } from '../common/bridge.ts'
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
import { createImages } from './accounts/images.ts'
import { createMarkRead } from './accounts/mark-read.ts'
import { createOneTimeLogin } from './accounts/one-time-login.ts'
import { createOwnKeypair } from './accounts/own-keypair.ts'
import { createRevocation } from './accounts/revocation.ts'
import { createSignIn } from './accounts/sign-in.ts'
import { alertMessage } from './alerts/alert-message.ts'
import { createAlerts } from './alerts/alerts.ts'
import { pauseUntil } from './alerts/quiet.ts'
import { createQuietWatch } from './alerts/quiet-watch.ts'
import type { Show } from './alerts/show-port.ts'
import { type Clock, createEndingClock } from './clock.ts'
import type { Image } from './discourse/fetch-image.ts'
import type { Http, HttpStack } from './discourse/http.ts'
import { lookAtSite } from './discourse/look-at-site.ts'
import { createModel } from './model.ts'
import { createPreferences } from './preferences.ts'
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
  /** Whether the operating system is set to disturb nobody; without it, it is not. */
  setSystemQuiet(isQuiet: boolean): void
  /** The network is another one, or back: what failed for its sake is tried again, once. */
  networkChanged(): void
  /**
   * Where a browser is led that follows an account's link to its forum, logged in; undefined when there is no such link.
   * For a browser and nobody else: it may hold a token.
   */
  signedInUrl(link: string): Promise<string | undefined>
  /** The picture under a path of ours; undefined when there is none. */
  image(link: string): Image | undefined
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
  /** Has `http` reach forums by these settings from now on, and tells what is wrong with them. */
  readonly setNetwork: HttpStack['setNetwork']
  readonly clock: Clock
  readonly random: Random
  readonly appVersion: string
  /**
   * Milliseconds between two questions about one account while the user is here and its forum has no live channel, unless
   * the user has chosen another figure.
   */
  readonly interval: number
  /** The better of the two ways that every forum has: redirect only where `discourse:` addresses reach this program. */
  readonly usualMethod: () => 'redirect' | 'paste'
  /** Shows notifications. */
  readonly show: Show
  /** An IANA name for quiet hours and mornings; the system's without it. */
  readonly timeZone?: string
  /** Opens a forum's address in the user's browser; it may hold a token, so it must not stand on a command line. */
  readonly openUrl: (url: string) => void
  /** Puts text on the clipboard; a shell whose page does that itself leaves it out. */
  readonly copyText?: (text: string) => void
  /** Where avatars and icons are kept; without it none are fetched. */
  readonly imageFolder?: string
}

/** A browser needs a while to load a page, and only then does the forum count it as read. In milliseconds. */
const readingTimes = [5000, 30_000] as const

export const createEngine = (options: EngineOptions): Engine => {
  const { settings, files, vault, http, random, appVersion, usualMethod } = options
  const { show, openUrl, copyText, imageFolder } = options
  const clock = createEndingClock(options.clock)
  const t = createTranslate()
  const model = createModel({
    settings,
    files,
    vault,
    clock,
    appVersion,
    pathsOf: (account) => {
      const path = (link: string | null, of: (link: string) => string) => (link === null ? null : of(link))
      return {
        signedIn: path(oneTimeLogin.linkOf(account), openSignedInPath),
        avatar: path(images.linkOf(account.id, 'avatar'), imagePath),
        icon: path(images.linkOf(account.id, 'icon'), imagePath),
      }
    },
  })
  const oneTimeLogin = createOneTimeLogin({ model, clock, random, usualMethod, openUrl })
  const quiet = createQuietWatch({ model, clock, timeZone: options.timeZone })
  const alerts = createAlerts({
    model,
    clock,
    files,
    t,
    show: (alert) => {
      if (!quiet.of(alert.account).isQuiet) void show(alertMessage(t, alert))
    },
  })
  const sync = createSync({
    model,
    vault,
    http,
    clock,
    random,
    files,
    interval: () => {
      const { refreshSeconds } = model.preferences().general
      return refreshSeconds === null ? options.interval : refreshSeconds * 1000
    },
    onCounts: alerts.counts,
    onNews: alerts.news,
    onRefused: alerts.refused,
  })
  const images = createImages({
    folder: imageFolder,
    model,
    vault,
    http: sync.openHttp,
    keyedHttp: sync.keyedHttp,
    clock,
    random,
  })
  const markRead = createMarkRead({ model, vault, sync })
  const preferences = createPreferences({
    model,
    setNetwork: options.setNetwork,
    onNetwork: sync.networkChanged,
    onQuiet: quiet.look,
    onPace: () => sync.setPresence({}),
  })
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
    oneTimeLogin,
    onConnected: (id, session) => {
      sync.renew(id, session)
      void images.refresh(id, session?.avatarTemplate ?? undefined)
    },
    onRetired: () => void revocation.revokeRetired(),
  })
  const keypair = createOwnKeypair({ vault, clock, waiting: () => signIn.underWay() })
  const signIn = createSignIn({
    model,
    vault,
    keypair,
    openVault,
    http,
    clock,
    random,
    usualMethod,
    accept: acceptAnswer,
  })

  const handlers: CommandHandlers = {
    'site.look': async ({ address, allowPlain }) => {
      const looked = await lookAtSite(http, address, allowPlain)
      return looked.ok ? ok(looked.value.site) : looked
    },
    'attempt.begin': signIn.begin,
    'attempt.switch': signIn.switchMethod,
    'attempt.limit': signIn.limitAccess,
    'attempt.scope': signIn.chooseScope,
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
    'keypair.rotate': async () => {
      const rotated = await keypair.rotate()
      model.touch()
      return rotated
    },
    'alert.test': async () => {
      const message = { tag: 'test', title: t('app.name'), body: t('alert.test'), silent: false, actions: [] }
      return ok(await show(message))
    },
    'vault.retry': openVault,
    'vault.useSession': () => changeVault(async () => vault.keepInMemory()),
    'notice.dismiss': async ({ notice }) => {
      model.removeNotice(notice)
      return ok(null)
    },
    'preferences.change': preferences.change,
    'quiet.pause': (input) =>
      preferences.change({ quiet: { pausedUntil: pauseUntil(input.for, clock.now(), options.timeZone) } }),
    'quiet.resume': () => preferences.change({ quiet: { pausedUntil: null } }),
  }

  return {
    start: async () => {
      await Promise.all([vault.open(), preferences.start()])
      model.touch()
      await signIn.start()
      sync.start()
      revocation.start()
      void revocation.revokeRetired()
      images.start()
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
    setSystemQuiet: quiet.setSystem,
    networkChanged: sync.networkChanged,
    signedInUrl: oneTimeLogin.urlFor,
    image: images.image,
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
