import { imagePath, openSignedInPath } from '../common/contract/bridge.ts'
import { type CommandName, type CommandResults, isCommandName } from '../common/contract/commands.ts'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import { type Failure, fail, ok, type Result } from '../common/contract/failure.ts'
import type { SignInMethod } from '../common/contract/sign-in-method.ts'
import type { Snapshot, VaultState } from '../common/contract/snapshot.ts'
import { createCompleteSignIn } from './accounts/complete-sign-in.ts'
import { createImages } from './accounts/images.ts'
import { createMarkRead } from './accounts/mark-read.ts'
import { createOneTimeLogin } from './accounts/one-time-login.ts'
import { createOwnKeypair } from './accounts/own-keypair.ts'
import { createRevocation } from './accounts/revocation.ts'
import { createSignIn } from './accounts/sign-in.ts'
import { alertNotification } from './alerts/alert-notification.ts'
import { createAlerts } from './alerts/alerts.ts'
import { chimeWav } from './alerts/chime.ts'
import type { PlayWav } from './alerts/play-wav.ts'
import { createQuietWatch } from './alerts/quiet-watch.ts'
import { createCommandHandlers, runCommand } from './command-handlers.ts'
import { createDiagnosis } from './diagnosis/diagnosis.ts'
import { createLogChanges } from './diagnosis/log-changes.ts'
import type { Image } from './discourse/fetch-image.ts'
import type { Http, HttpStack } from './discourse/http.ts'
import { createModel } from './model.ts'
import { noPolicy, type Policy } from './policy/policy.ts'
import { type Clock, createEndingClock } from './ports/clock.ts'
import type { LinkHandler } from './ports/link-handler.ts'
import { failureParams, type Log } from './ports/log.ts'
import type { NotificationPort } from './ports/notification-port.ts'
import type { OpenAtLogin } from './ports/open-at-login.ts'
import type { Random } from './ports/random.ts'
import type { Language } from './preferences/language.ts'
import { createPreferences } from './preferences/preferences.ts'
import { createSettingsTransfer } from './preferences/settings-transfer.ts'
import type { CrashDumps } from './storage/crash-dumps.ts'
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
  /** Shows a notice that the shell has reason for; gives a function that takes it back. */
  notice(failure: Failure): () => void
  /** What the shell has learnt about user and machine; without it they are taken to be here and awake. */
  setPresence(presence: Partial<Presence>): void
  /** Whether the operating system is set to disturb nobody; without it, it is not. */
  setSystemQuiet(isQuiet: boolean): void
  /** Finds out anew who has the forums' links: another program may have taken them, or given them up. */
  lookAtLinks(): Promise<void>
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
  /** Follows the user's choice from the start on. */
  readonly language: Language
  readonly random: Random
  readonly appVersion: string
  /**
   * Milliseconds between two questions about one account while the user is here and its forum has no live channel, unless
   * the user has chosen another figure.
   */
  readonly interval: number
  /** The better of the two ways that every forum has: redirect only where `discourse:` addresses reach this program. */
  readonly defaultMethod: () => 'redirect' | 'paste'
  /** Shows notifications. */
  readonly show: NotificationPort
  /** Plays our own sounds; without it there are none. */
  readonly playWav?: PlayWav
  /** Has the system start this program at login; without it, it cannot. */
  readonly openAtLogin?: OpenAtLogin | undefined
  /** Has the system give `discourse:` addresses to this program; without it, the shell has no say in that. */
  readonly linkHandler?: LinkHandler | undefined
  /** What the desktop does not do as usual. */
  readonly desktopFacts?: () => readonly DesktopFact[]
  /** An IANA name for quiet hours and mornings; the system's without it. */
  readonly timeZone?: string
  /** Opens a forum's address in the user's browser; it may hold a token, so it must not stand on a command line. */
  readonly openUrl: (url: string) => void
  /** Puts text on the clipboard, and rejects where that fails; a shell whose page does that itself leaves it out. */
  readonly copyText?: (text: string) => Promise<void>
  /** Reads what text the clipboard holds; a shell whose page asks its browser leaves it out. */
  readonly readClipboard?: () => Promise<string>
  /** Notes what happens; without it nothing is. */
  readonly log?: Log
  /** Where avatars and icons are kept; without it none are fetched. */
  readonly imageFolder?: string
  /** What the computer's administrator has decided; nothing without it. What is wrong with it becomes a notice. */
  readonly policy?: Policy
  /** Where the log and what crashes left behind are; without them there is nothing of the kind. */
  readonly logFolder?: string
  readonly crashes?: CrashDumps
  /** Shows one of these folders to the user; says whether something there can do that. */
  readonly openFolder?: (folder: string) => Promise<boolean>
  /** Fetches the new version that a notice of the shell tells of; a shell that cannot leaves it out. */
  readonly downloadUpdate?: () => Promise<Result<null>>
}

export const createEngine = (options: EngineOptions): Engine => {
  const { settings, files, vault, http, random, appVersion, defaultMethod, language } = options
  const { playWav, openUrl, copyText, readClipboard, imageFolder, policy = noPolicy } = options
  const { downloadUpdate, log = () => undefined } = options
  const { logFolder, crashes, openFolder, desktopFacts = () => [] } = options
  const show: NotificationPort = async (message) => {
    const outcome = await options.show(message)
    log(outcome.kind === 'shown' ? 'info' : 'warn', 'alert', { outcome: outcome.kind })
    return outcome
  }
  const clock = createEndingClock(options.clock)
  const { t } = language
  const model = createModel({
    settings,
    files,
    vault,
    clock,
    appVersion,
    presetSites: policy.sites,
    pathsOf: (account) => {
      const path = (link: string | null, of: (link: string) => string) => (link === null ? null : of(link))
      return {
        signedIn: path(oneTimeLogin.linkOf(account), openSignedInPath),
        avatar: path(images.linkOf(account.id, 'avatar'), imagePath),
        icon: path(images.linkOf(account.id, 'icon'), imagePath),
      }
    },
  })
  const oneTimeLogin = createOneTimeLogin({ model, clock, random, defaultMethod, openUrl })
  const quiet = createQuietWatch({ model, clock, timeZone: options.timeZone })
  let isLocked = false
  const alerts = createAlerts({
    ...{ model, clock, files, t },
    quietOf: quiet.of,
    isLocked: () => isLocked,
    show: (alert) => {
      void show(alertNotification(t, alert, images.fileOf(alert.account, 'icon')))
      if (alert.chime !== null) void playWav?.(chimeWav(alert.chime, model.preferences().alerts.volume))
    },
  })
  quiet.onLook(alerts.quietMayBeOver)
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
    openAtLogin: options.openAtLogin,
    linkHandler: options.linkHandler,
    onNetwork: sync.networkChanged,
    onQuiet: quiet.look,
    onPace: sync.intervalChanged,
    language,
  })
  const transfer = createSettingsTransfer(model, preferences)
  const diagnosis = createDiagnosis({
    ...{ model, vault, sync, random, defaultMethod },
    ...{ policy, logFolder, crashes, openFolder, desktopFacts },
  })
  for (const failure of policy.failures) model.addNotice(failure)
  const revocation = createRevocation({ model, vault, clock, sync, onForgotten: alerts.drop })

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

  const completeSignIn = createCompleteSignIn({
    model,
    vault,
    openVault,
    http: sync.openHttp,
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
    http: sync.openHttp,
    clock,
    random,
    defaultMethod,
    accept: completeSignIn,
  })

  const handlers = createCommandHandlers({
    ...{ model, vault, clock, random, t, sync, signIn, markRead, preferences, revocation, keypair },
    http: sync.openHttp,
    ...{ completeSignIn, openVault, changeVault, show, copyText, readClipboard, downloadUpdate },
    ...{ transfer, diagnosis },
    timeZone: options.timeZone,
  })

  return {
    start: async () => {
      const { platform, versions } = process
      const { node, electron = null } = versions
      log('info', 'start', { version: appVersion, platform, node, electron, accounts: model.accounts().length })
      model.subscribe(createLogChanges(log, model.snapshot()))
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
      const result = await runCommand(handlers, name, input)
      if (!result.ok) log('warn', 'command', { command: name, ...failureParams(result.failure) })
      return result
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
    notice: (failure) => {
      const id = model.addNotice(failure)
      return () => model.removeNotice(id)
    },
    setPresence: (presence) => {
      if (presence.user !== undefined) isLocked = presence.user === 'locked'
      sync.setPresence(presence)
    },
    setSystemQuiet: quiet.setSystem,
    lookAtLinks: preferences.lookAtLinks,
    networkChanged: sync.networkChanged,
    signedInUrl: oneTimeLogin.urlFor,
    image: images.image,
    stop: async () => {
      clock.end()
      const closed = http.close()
      // What matters is written before anything is waited for, and all of it once nothing changes any more.
      sync.stop()
      await model.saveAll()
      // What was being asked ends in failures, which the model still takes; then nothing changes any more.
      await closed
      sync.stop()
      await model.saveAll()
      log('info', 'stop')
    },
  }
}
