import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { failureSentence } from '../../common/i18n/i18n.ts'
import { createNotificationActivation, createOpenAccount } from '../../engine/alerts/notification-actions.ts'
import { createAnswerControl } from '../../engine/control/answer-control.ts'
import { type Claim, claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { watchForCrash } from '../../engine/diagnosis/watch-for-crash.ts'
import type { Engine } from '../../engine/engine.ts'
import { openAutostart } from '../../engine/linux/autostart.ts'
import { createDesktopBus } from '../../engine/linux/desktop-bus.ts'
import { desktopIsQuiet } from '../../engine/linux/desktop-is-quiet.ts'
import { watchSystemQuiet } from '../../engine/linux/watch-system-quiet.ts'
import { watchNetwork } from '../../engine/network/watch-network.ts'
import { openProfileEngine, type ProfileEngine } from '../../engine/open-profile-engine.ts'
import { readPageFiles } from '../../engine/page/page-files.ts'
import { administrator, policyFile, readPolicy } from '../../engine/policy/policy.ts'
import { type Clock, createEndingClock, systemClock } from '../../engine/ports/clock.ts'
import type { NotificationPort } from '../../engine/ports/notification-port.ts'
import type { OpenAtLogin } from '../../engine/ports/open-at-login.ts'
import { callInNode } from '../../engine/storage/keychain/call-in-node.ts'
import { openLogFile } from '../../engine/storage/log-file.ts'
import { logFolder, openProfile, profileName, stateFolder } from '../../engine/storage/profile.ts'
import { openFileStore } from '../../engine/storage/settings-file.ts'
import { openStateFiles, type StateFiles } from '../../engine/storage/state-files.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { oneLine } from '../command-line/terminal.ts'
import { createDesktopNotifications, type DesktopNotifications } from '../desktop/desktop-notifications.ts'
import { connectService } from '../desktop/notification-service.ts'
import { openInBrowser, removeBrowserPage } from '../desktop/open-in-browser.ts'
import { openWithProgram } from '../desktop/open-with-program.ts'
import { urlReceiver } from '../desktop/url-receiver.ts'
import { watchPower } from '../desktop/watch-power.ts'
import { askInstance, readValue } from '../instance.ts'
import { language, print, printFailure, printJson, t } from '../output.ts'
import { ownCommand } from '../own-command.ts'
import { createPageAlerts, type PageAlerts } from '../page/page-alerts.ts'
import { startPageServer } from '../page/page-server.ts'
import { createPageSessions } from '../page/page-sessions.ts'
import { notifyReady } from '../service/notify-ready.ts'
import { tuneV8 } from '../service/tune-v8.ts'
import { appVersion, userAgent } from '../version.ts'
import { readServeOptions, type ServeOptions } from './serve-options.ts'
import { stopServing } from './stop-serving.ts'

/** Runs the notifier: the engine, its page on the loopback interface, and the control socket. */
export const serve: RunCommand = async ({ profile, json, options }) => {
  tuneV8()
  const settings = readServeOptions(options)
  if (!settings.ok) return printFailure(settings.failure, json)
  const opened = openProfile(profile)
  if (!opened.ok) return printFailure(opened.failure, json)
  if (opened.value.wasOpen) process.stderr.write(`${t('cli.profileWasOpen', { path: profile })}\n`)
  const claimed = await claimProfile(controlPath(profile))
  if (!claimed.ok) return printFailure(claimed.failure, json)
  const claim = claimed.value
  if (claim === undefined) return await printRunningInstance(profile, settings.value)
  const ending = awaitEnd()
  let hasCrashed = false
  const onCrash = watchForCrash({
    log: openLogFile({ folder: logFolder(profile), clock: systemClock }),
    end: () => {
      process.stderr.write(`discourse-notifier: ${t('cli.crashed', { folder: logFolder(profile) })}\n`)
      hasCrashed = true
      ending.end()
    },
    endNow: () => endNow(true),
  })
  const served = await runOn(profile, settings.value, { claim, ending, onCrash })
  if (served.ok && served.value.isKeychainBusy) endNow(hasCrashed)
  // After such an error anything may keep the process alive.
  if (hasCrashed) process.exit(exitStatus.failed)
  if (served.ok) return exitStatus.ok
  // The claim keeps the process alive.
  await claim.release()
  return printFailure(served.failure, json)
}

interface Run {
  readonly claim: Claim
  readonly ending: Ending
  readonly onCrash: (error: unknown) => void
}

/** Runs until it is asked to end. Failures, all before the start: those of `openProfileEngine`, `port_taken`. */
const runOn = async (
  profile: string,
  options: ServeOptions,
  { claim, ending, onCrash }: Run,
): Promise<Result<{ readonly isKeychainBusy: boolean }>> => {
  const notifications = createDesktopNotifications({
    connect: connectService(process.env),
    appName: t('app.name'),
    openLabel: () => t('alert.open'),
    icon: iconFile(),
  })
  removeBrowserPage(profile)
  const pageAlerts = createPageAlerts()
  const show = showSomewhere(notifications, pageAlerts, options)
  const openUrl = (url: string): void => void openInBrowser(url, profile).catch(() => undefined)
  const files = openStateFiles(stateFolder(profile))
  const opened = await openEngine(profile, options, { files, show, openUrl })
  if (!opened.ok) return opened
  const { engine, isKeychainBusy } = opened.value
  const page = await startPageServer({
    ...{ engine, files: rendererFiles(), port: options.port, clock: systemClock, t },
    sessions: createPageSessions(files, systemClock),
    alerts: {
      areWanted: async () => options.hasNotifications && !(await notifications.isThere()),
      join: pageAlerts.join,
    },
  })
  if (!page.ok) return page
  const { url } = page.value
  const openAccount = createOpenAccount({ openLink: openUrl, engine })
  notifications.onActivate(createNotificationActivation({ engine, openAccount, openApp: () => openUrl(url) }))
  claim.answerWith(
    createAnswerControl({
      ...{ engine, show: () => url, quit: ending.end },
      openPage: () => openInBrowser(url, profile),
      openForum: (forumUrl) => openInBrowser(forumUrl, profile),
    }),
  )
  // From now on it can be controlled and its page opened. The keychain may wait for its owner longer than a service
  // manager waits for a start.
  notifyReady(process.env)
  const clock = createEndingClock(systemClock)
  watchDoNotDisturb(engine, clock)

  const start = async (): Promise<void> => {
    await engine.start()
    if (ending.hasBegun()) return
    watchNetwork({ clock, onChange: engine.networkChanged })
    await watchPower({ engine, clock })
    const { vault } = engine.snapshot()
    if (vault.kind === 'session') process.stderr.write(`${t('cli.sessionSecrets')}\n`)
    if (vault.kind === 'unavailable') process.stderr.write(`${failureSentence(t, vault.failure)}\n`)
    printReady(url, options.isJson)
    if (options.opensPage) await openInBrowser(url, profile)
    await ending.begun
  }
  // A keychain may take longer to open than somebody wants to wait for the end.
  await Promise.race([start().catch(onCrash), ending.begun])
  clock.end()
  removeBrowserPage(profile)
  await stopServing({ page: page.value, engine, notifications, files, claim, clock: systemClock })
  return ok({ isKeychainBusy: isKeychainBusy() })
}

interface EngineParts {
  readonly files: StateFiles
  readonly show: NotificationPort
  readonly openUrl: (url: string) => void
}

const openEngine = (
  profile: string,
  options: ServeOptions,
  { files, show, openUrl }: EngineParts,
): Promise<Result<ProfileEngine>> =>
  openProfileEngine(profile, {
    storage: {
      openStore: openFileStore,
      files,
    },
    secrets: {
      // Electron's executable is not Node.
      callKeychain: process.versions['electron'] === undefined ? callInNode : noCallElsewhere,
      isWithoutKeychain: options.isWithoutKeychain,
      isSessionAgreed: options.isSessionAgreed,
    },
    network: { userAgent, override: options.overrideNetwork },
    desktop: {
      showNotification: show,
      hasSound: options.hasNotifications,
      defaultMethod: () => (urlReceiver(profile)?.reaches() ? 'redirect' : 'paste'),
      openUrl,
      openAtLogin: process.platform === 'linux' ? openAtLogin(profile) : undefined,
      openFolder: openWithProgram,
    },
    policy: readPolicy(policyFile(process.platform), administrator),
    ...{ language, appVersion, interval: options.interval },
  })

const noCallElsewhere = (): Promise<never> => Promise.reject(new Error('the keyring has restarted; start again'))

/** Prints each alert; shows it on the desktop, or on a page that may show alerts where there is no desktop. */
const showSomewhere =
  (notifications: DesktopNotifications, pageAlerts: PageAlerts, options: ServeOptions): NotificationPort =>
  async (notification) => {
    const { title, body } = notification
    if (options.isJson) printJson({ title, body })
    else print(t('cli.alert', { title: oneLine(title), body: oneLine(body) }))
    if (!options.hasNotifications) return { kind: 'refused' }
    const outcome = await notifications.show(notification)
    return outcome.kind === 'unsupported' ? await pageAlerts.show(notification) : outcome
  }

/** Not awaited: a bus that does not answer would hold up the start. */
const watchDoNotDisturb = (engine: Engine, clock: Clock): void => {
  if (process.platform !== 'linux') return
  void watchSystemQuiet({
    engine,
    clock,
    ask: () => desktopIsQuiet(process.env, createDesktopBus(process.env).readProperty),
  })
}

/** Starting at login: each profile has its own entry, beside the desktop shell's. */
const openAtLogin = (profile: string): OpenAtLogin => {
  const command = [...ownCommand(), 'serve', '--no-open', '--profile', profile]
  const name = `discourse-notifier-headless-${profileName(profile)}`
  return openAutostart({ environment: process.env, home: homedir(), name, command })
}

const rendererFiles = () => readPageFiles(fileURLToPath(new URL('../renderer', import.meta.url)))

/** The program's icon, which the desktop shell's build makes; empty where that was not built. */
const iconFile = (): string => {
  const file = fileURLToPath(new URL('../icons/app/256x256.png', import.meta.url))
  // The desktop reads files, but not inside Electron's archive.
  return existsSync(file) && process.versions['electron'] === undefined ? file : ''
}

/**
 * The profile is in use: prints the address of the running instance's page, and what it does not take from this start.
 * @returns the exit status
 */
const printRunningInstance = async (
  profile: string,
  { port: wanted, isJson, atStartOnly }: ServeOptions,
): Promise<number> => {
  const answer = await askInstance(profile, { call: 'show' })
  const shown = answer.ok ? readValue(v.object({ url: v.nullable(v.string()) }), answer.value) : answer
  if (!shown.ok) return printFailure(shown.failure, isJson)
  const { url } = shown.value
  if (isJson || url !== null) printReady(url, isJson)
  else print(t('failure.already_running'))
  const port = url === null ? '' : new URL(url).port
  if (wanted !== 0 && url !== null && port !== String(wanted))
    process.stderr.write(`${t('cli.otherPort', { port, wanted: String(wanted) })}\n`)
  if (atStartOnly.length > 0)
    process.stderr.write(`${t('cli.notUsed', { options: atStartOnly.join(t('units.comma')) })}\n`)
  return 0
}

const printReady = (url: string | null, isJson: boolean): void => {
  if (isJson) printJson({ ready: url })
  else print(`ready ${url}`)
}

/**
 * A keychain that waits for its owner occupies a thread, which even `process.exit` waits for. Signals do not wait; of
 * these two, service managers count the first as a failure (systemd.service(5), “Restart=”).
 */
const endNow = (isFailure: boolean): void => {
  process.kill(process.pid, isFailure ? 'SIGKILL' : 'SIGTERM')
}

interface Ending {
  /** Resolves when the end has begun. */
  readonly begun: Promise<void>
  end(): void
  hasBegun(): boolean
}

/** Begins to end on a signal or on `end`. A second signal kills the process, as users expect. */
const awaitEnd = (): Ending => {
  let hasBegun = false
  let resolve: () => void = () => undefined
  const begun = new Promise<void>((done) => {
    resolve = done
  })
  const end = (): void => {
    hasBegun = true
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
    resolve()
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  return { begun, end, hasBegun: () => hasBegun }
}
