import { type CommandName, type CommandResults, isCommandName } from '../common/contract/commands.ts'
import { type Failure, fail, ok, type Result } from '../common/contract/failure.ts'
import type { SignInMethod } from '../common/contract/sign-in-method.ts'
import type { Snapshot } from '../common/contract/snapshot.ts'
import { createDeferredMarking } from './accounts/deferred-marking.ts'
import { createMarkRead } from './accounts/mark-read.ts'
import { createOlderRows } from './accounts/older-rows.ts'
import { createCommandHandlers, runCommand } from './command-handlers.ts'
import { createDiagnosis } from './diagnosis/diagnosis.ts'
import { createLogChanges } from './diagnosis/log-changes.ts'
import type { Image } from './discourse/fetch-image.ts'
import type { EngineOptions, EngineParts } from './engine-ports.ts'
import { type AccessManagement, manageAccess } from './manage-access.ts'
import { noPolicy } from './policy/policy.ts'
import { createEndingClock } from './ports/clock.ts'
import { failureParams, type Log } from './ports/log.ts'
import type { DesktopNotification, NotificationPort } from './ports/notification-port.ts'
import { createPreferences } from './preferences/preferences.ts'
import { createSettingsTransfer } from './preferences/settings-transfer.ts'
import type { Presence } from './sync/presence.ts'
import { type ForumWatch, watchForums } from './watch-forums.ts'

/** Everything the notifier knows and does; a shell hosts one. */
export interface Engine {
  /** Opens the vault, resumes waiting attempts, and begins to query the forums. */
  start(): Promise<void>
  snapshot(): Snapshot
  /** Calls with each new snapshot; returns a function that unsubscribes. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
  /** Runs a command whose name and input come from outside. Failures: `command_invalid`, those of the command. */
  execute(name: unknown, input: unknown): Promise<Result<CommandResults[CommandName]>>
  /** Calls with each notification that goes to the desktop; returns a function that unsubscribes. */
  onAlert(listener: (notification: DesktopNotification) => void): () => void
  /** Begins an attempt and returns where to approve it; for a trusted terminal. Failures: those of `attempt.begin`. */
  begin(address: string, method: SignInMethod | undefined): Promise<Result<BegunAttempt>>
  /** Where the user approves a waiting attempt; for a browser, a trusted terminal, and nobody else. */
  authorizeUrl(attempt: string): string | undefined
  /** Shows a notice from the shell; returns a function that removes it. */
  notice(failure: Failure): () => void
  /** What the shell knows about user and machine; until it is called, they are assumed to be present and awake. */
  setPresence(presence: Partial<Presence>): void
  /** Whether the operating system's do-not-disturb is on; off until it is called. */
  setSystemQuiet(isQuiet: boolean): void
  /** Finds out again which program handles the forums' links: another may have taken them, or given them up. */
  checkLinks(): Promise<void>
  /** The network has changed or is back: what failed because of it is retried, once. */
  networkChanged(): void
  /**
   * Where a browser that follows an account's link is redirected, to its forum and logged in; undefined when there is
   * no such link. For a browser and nobody else: it may hold a token.
   */
  signedInUrl(link: string): Promise<string | undefined>
  /** The picture under one of our paths; undefined when there is none. A face is fetched when it is asked for. */
  image(link: string): Promise<Image | undefined>
  /** Writes pending changes, and ends every timer and connection. */
  stop(): Promise<void>
}

/** An attempt and the page where the user approves it. */
export interface BegunAttempt {
  readonly attempt: string
  readonly authorizeUrl: string
  readonly expiresAt: number
  /** What to type on that page; null for methods without a code. */
  readonly userCode: string | null
}

/** How long quitting waits for forums to confirm what was marked as read a moment ago, in milliseconds. */
const longestLastSend = 700

export const createEngine = (options: EngineOptions): Engine => {
  const { policy = noPolicy, log = () => undefined } = options
  const clock = createEndingClock(options.system.clock)
  const listeners = new Set<(notification: DesktopNotification) => void>()
  const showNotification = logged(options.desktop.showNotification, log)
  const desktop: EngineOptions['desktop'] = {
    ...options.desktop,
    showNotification: (notification) => {
      for (const listener of listeners) listener(notification)
      return showNotification(notification)
    },
  }
  const ports = { ...options, policy, desktop, system: { ...options.system, clock } }
  const watching = watchForums(ports)
  const access = manageAccess(ports, watching)
  const handlers = handleCommands(ports, watching, access)
  const { model, alerts, sync, quiet, images, faces, siteDetails, oneTimeLogin } = watching
  const { signIn } = access
  for (const failure of policy.failures) model.addNotice(failure)

  /** A keychain that refuses writes is only noticed when the first secret is stored. */
  const showVault = (): void => {
    if (options.storage.vault.state().kind !== model.snapshot().vault.kind) model.touch()
  }

  return {
    start: async () => {
      const { platform, versions } = process
      const { node, electron = null } = versions
      const { appVersion } = options
      log('info', 'start', { version: appVersion, platform, node, electron, accounts: model.accounts().length })
      model.subscribe(createLogChanges(log, model.snapshot()))
      await Promise.all([options.storage.vault.open(), handlers.preferences.start()])
      model.touch()
      await signIn.start()
      await access.resume()
      images.start()
      siteDetails.start()
    },
    snapshot: model.snapshot,
    subscribe: model.subscribe,
    execute: async (name, input) => {
      if (!isCommandName(name)) return fail('command_invalid', { reason: 'there is no such command' })
      const result = await runCommand(handlers.commands, name, input)
      if (!result.ok) log('warn', 'command', { command: name, ...failureParams(result.failure) })
      showVault()
      return result
    },
    onAlert: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin: async (address, method) => {
      const begun = await signIn.begin({ address, ...(method === undefined ? {} : { method }) })
      showVault()
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
    setPresence: watching.setPresence,
    setSystemQuiet: quiet.setSystem,
    checkLinks: handlers.preferences.checkLinks,
    networkChanged: sync.networkChanged,
    signedInUrl: oneTimeLogin.urlFor,
    image: async (link) => images.image(link) ?? (await faces.image(link)),
    stop: async () => {
      // Before anything ends: what the user has marked as read is not lost by quitting at once.
      if (handlers.deferredMarking.isWaiting()) {
        await Promise.race([
          handlers.deferredMarking.sendAll(),
          new Promise<void>((resolve) => options.system.clock.after(longestLastSend, resolve)),
        ])
      }
      clock.end()
      const closed = options.network.http.close()
      // What matters is written before waiting for anything, and everything again once nothing changes any more.
      sync.stop()
      await Promise.all([model.saveAll(), alerts.stop()])
      // Requests under way end in failures, which still change the model; after that nothing changes any more.
      await closed
      sync.stop()
      await Promise.all([model.saveAll(), alerts.stop()])
      log('info', 'stop')
    },
  }
}

/** What a user interface may ask for. */
const handleCommands = (
  { storage, network, desktop, system, language, policy }: EngineParts,
  { model, sync, quiet, alerts }: ForumWatch,
  access: AccessManagement,
) => {
  const { vault, logFolder, crashes } = storage
  const { clock, random, timeZone } = system
  const { openAtLogin, linkHandler, defaultMethod, openFolder, facts = () => [] } = desktop
  const preferences = createPreferences({
    ...{ model, openAtLogin, linkHandler, language },
    setNetwork: network.setNetwork,
    onNetwork: sync.networkChanged,
    onQuiet: quiet.update,
    onPace: sync.intervalChanged,
  })
  const markRead = createMarkRead({ model, vault, sync })
  const deferredMarking = createDeferredMarking({ model, clock, markRead })
  const commands = createCommandHandlers({
    ...{ model, clock, timeZone, sync, preferences, desktop, ...access },
    http: sync.openHttp,
    t: language.t,
    ...{ markRead, deferredMarking },
    olderRows: createOlderRows({ model, vault, sync }),
    snoozes: alerts.snoozes,
    transfer: createSettingsTransfer(model, preferences),
    diagnosis: createDiagnosis({
      ...{ model, vault, sync, random, defaultMethod },
      ...{ policy, logFolder, crashes, openFolder, desktopFacts: facts },
    }),
  })
  return { preferences, commands, deferredMarking }
}

/** Logs what became of each notification. */
const logged =
  (show: NotificationPort, log: Log): NotificationPort =>
  async (notification) => {
    const outcome = await show(notification)
    log(outcome.kind === 'shown' ? 'info' : 'warn', 'alert', { outcome: outcome.kind })
    return outcome
  }
