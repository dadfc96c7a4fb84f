import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Conf from 'conf'
import * as v from 'valibot'
import { type Failure, ok, type Result } from '../../common/contract/failure.ts'
import { defaultNetwork, type NetworkSettings, readProxySetting } from '../../common/preferences/network-settings.ts'
import { createNotificationActivation, createOpenAccount } from '../../engine/alerts/notification-actions.ts'
import { createPlayWav } from '../../engine/alerts/play-wav.ts'
import { createAnswerControl } from '../../engine/control/answer-control.ts'
import { claimProfile } from '../../engine/control/claim-profile.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { createHttp } from '../../engine/discourse/http.ts'
import { createEngine } from '../../engine/engine.ts'
import { openAutostart } from '../../engine/linux/autostart.ts'
import { desktopIsQuiet } from '../../engine/linux/desktop-is-quiet.ts'
import { watchSystemQuiet } from '../../engine/linux/watch-system-quiet.ts'
import { watchNetwork } from '../../engine/network/watch-network.ts'
import { readPageFiles } from '../../engine/page/page-files.ts'
import { administrator, policyFile, readPolicy } from '../../engine/policy/policy.ts'
import { createEndingClock, systemClock } from '../../engine/ports/clock.ts'
import type { OpenAtLogin } from '../../engine/ports/open-at-login.ts'
import { systemRandom } from '../../engine/ports/random.ts'
import { callInNode } from '../../engine/storage/keychain/call-in-node.ts'
import { openSystemKeychain, refuseKeychain } from '../../engine/storage/keychain/system-keychain.ts'
import { createTrackedKeychain } from '../../engine/storage/keychain/tracked-keychain.ts'
import { openLogFile } from '../../engine/storage/log-file.ts'
import {
  imageFolder,
  logFolder,
  openProfile,
  profileName,
  settingsName,
  stateFolder,
  vaultItem,
} from '../../engine/storage/profile.ts'
import { openProfileSettings } from '../../engine/storage/settings-file.ts'
import { openStateFiles } from '../../engine/storage/state-files.ts'
import { createVault } from '../../engine/storage/vault.ts'
import type { CliCommand, CliInput } from '../cli-command.ts'
import { createDesktopNotifications } from '../desktop-notifications.ts'
import { askInstance, readValue } from '../instance.ts'
import { connectService } from '../notification-service.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { openWithProgram } from '../open-with-program.ts'
import { language, print, printFailure, t } from '../output.ts'
import { createPageAlerts } from '../page-alerts.ts'
import { startPageServer } from '../page-server.ts'
import { createPageSessions } from '../page-sessions.ts'
import { readOverBus } from '../read-over-bus.ts'
import { urlReceiver } from '../url-receiver.ts'
import { appVersion, userAgent } from '../version.ts'
import { watchPower } from '../watch-power.ts'

const defaultInterval = 60

/** A whole number given as text. */
const wholeNumber = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(least), v.maxValue(most))
const portSchema = v.optional(wholeNumber(0, 65_535), '0')
const intervalSchema = v.optional(wholeNumber(5, 3600), String(defaultInterval))

/** Runs the notifier: the engine, its page on the loopback interface, and the control socket. */
export const serve: CliCommand = {
  usage:
    'serve [--port N] [--no-open] [--session-secrets] [--no-keychain] [--interval SECONDS] [--proxy URL|none] [--ca FILE] [--no-notifications]',
  summary: 'runs the notifier and prints `ready <url>` with the address of its page',
  words: [0, 0],
  options: {
    port: { type: 'string' },
    'no-open': { type: 'boolean' },
    'session-secrets': { type: 'boolean' },
    'no-keychain': { type: 'boolean' },
    interval: { type: 'string' },
    proxy: { type: 'string' },
    ca: { type: 'string' },
    'no-notifications': { type: 'boolean' },
  },
  run: async ({ profile, json, options }) => {
    const port = v.safeParse(portSchema, options['port'])
    if (!port.success) return printFailure(usage('The option --port takes a number from 0 to 65535.'), json)
    const interval = v.safeParse(intervalSchema, options['interval'])
    if (!interval.success)
      return printFailure(usage('The option --interval takes a number of seconds from 5 to 3600.'), json)
    const network = readNetwork(options)
    if (!network.ok) return printFailure(network.failure, json)
    const opened = openProfile(profile)
    if (!opened.ok) return printFailure(opened.failure, json)
    const claimed = await claimProfile(controlPath(profile))
    if (!claimed.ok) return printFailure(claimed.failure, json)
    const claim = claimed.value
    if (claim === undefined) return await handOver(profile, json)
    // The claim keeps the process alive, so whoever gives up has to give it back.
    const giveUp = async (failure: Failure): Promise<number> => {
      await claim.release()
      return printFailure(failure, json)
    }
    const settings = openProfileSettings(profile, () => openStore(profile), Date.now())
    if (!settings.ok) return await giveUp(settings.failure)
    const policy = readPolicy(policyFile(process.platform), administrator)
    const http = createHttp({ userAgent, environment: process.env, forcedProxy: policy.proxy })
    // What the command line asks for and cannot have ends the start; what the settings ask for becomes a notice.
    const [unreadable] = await http.setNetwork(network.value(defaultNetwork))
    if (unreadable !== undefined) return await giveUp(unreadable)

    const open = (url: string): void => {
      // Nobody to tell: a click has no answer.
      openInBrowser(url, profile).catch(() => undefined)
    }
    const desktop = createDesktopNotifications({
      connect: connectService(process.env),
      activate: (...click) => activate(...click),
      appName: t('app.name'),
      openLabel: () => t('alert.open'),
      icon: iconFile(),
    })
    const pageAlerts = createPageAlerts()
    const isSilent = options['no-notifications'] === true
    const keychain = createTrackedKeychain(() => openSystemKeychain(callInNode))
    const engine = createEngine({
      storage: {
        settings: settings.value,
        files: openStateFiles(stateFolder(profile)),
        vault: createVault({
          openKeychain: options['no-keychain'] === true ? refuseKeychain : keychain.open,
          item: vaultItem(profile),
          sessionAgreed: options['session-secrets'] === true || options['no-keychain'] === true,
          clock: systemClock,
        }),
        imageFolder: imageFolder(profile),
        logFolder: logFolder(profile),
      },
      network: { http, setNetwork: (chosen) => http.setNetwork(network.value(chosen)) },
      desktop: {
        showNotification: async (notification) => {
          print(t('cli.alert', { title: notification.title, body: notification.body }))
          if (isSilent) return { kind: 'refused' }
          const outcome = await desktop.show(notification)
          return outcome.kind === 'unsupported' ? await pageAlerts.show(notification) : outcome
        },
        defaultMethod: () => (urlReceiver(profile)?.reaches() ? 'redirect' : 'paste'),
        openUrl: open,
        ...(isSilent ? {} : { playWav: createPlayWav(stateFolder(profile)) }),
        openAtLogin: process.platform === 'linux' ? openAtLogin(profile) : undefined,
        openFolder: openWithProgram,
      },
      system: { clock: systemClock, random: systemRandom },
      language,
      appVersion,
      interval: interval.output * 1000,
      policy,
      log: openLogFile({ folder: logFolder(profile), clock: systemClock }),
    })
    const files = readPageFiles(fileURLToPath(new URL('../renderer', import.meta.url)))
    const page = await startPageServer({
      ...{ engine, files, port: port.output, clock: systemClock, t },
      sessions: createPageSessions(openStateFiles(stateFolder(profile)), Date.now),
      alerts: { areWanted: async () => !isSilent && !(await desktop.isThere()), join: pageAlerts.join },
    })
    if (!page.ok) return await giveUp(page.failure)

    const activate = createNotificationActivation({
      engine,
      openAccount: createOpenAccount({ openLink: open, engine }),
      openApp: () => open(page.value.url),
    })
    const ended = untilAskedToEnd()
    claim.answerWith(createAnswerControl({ engine, show: () => page.value.url, quit: ended.end }))
    const watchClock = createEndingClock(systemClock)
    if (process.platform === 'linux') {
      // Not waited for: a bus that does not answer would hold up the start.
      void watchSystemQuiet({
        engine,
        clock: watchClock,
        ask: () => desktopIsQuiet(process.env, readOverBus(process.env)),
      })
    }
    const start = async (): Promise<void> => {
      await engine.start()
      if (ended.isOver()) return
      watchNetwork({ clock: watchClock, onChange: engine.networkChanged })
      await watchPower({ engine, clock: watchClock })
      if (engine.snapshot().vault.kind === 'session') process.stderr.write(`${t('cli.sessionSecrets')}\n`)
      print(`ready ${page.value.url}`)
      if (options['no-open'] !== true) await openInBrowser(page.value.url, profile)
      await ended.reached
    }
    // A keychain may think about its start for longer than somebody wants to wait for the end.
    await Promise.race([start(), ended.reached])
    watchClock.end()
    await page.value.close()
    await Promise.race([engine.stop(), delay(quitPatience, undefined, { ref: false })])
    desktop.close()
    await claim.release()
    if (keychain.isBusy()) endNow()
    return 0
  },
}

/** Starting at login, each profile by an entry of its own, and beside the desktop shell's. */
const openAtLogin = (profile: string): OpenAtLogin => {
  const command = [process.execPath, path.resolve(process.argv[1] ?? ''), 'serve', '--no-open', '--profile', profile]
  const name = `discourse-notifier-headless-${profileName(profile)}`
  return openAutostart({ environment: process.env, home: homedir(), name, command })
}

/** The program's picture, which the desktop shell's build makes; empty where that was not built. */
const iconFile = (): string => {
  const file = fileURLToPath(new URL('../icons/app/256x256.png', import.meta.url))
  return existsSync(file) ? file : ''
}

const usage = (reason: string) => ({ code: 'usage', params: { reason } }) as const

/** What this run is told goes before what was chosen; authorities are added. Failures: those of `readProxySetting`. */
const readNetwork = ({ proxy, ca }: CliInput['options']): Result<(chosen: NetworkSettings) => NetworkSettings> => {
  const setting = typeof proxy === 'string' ? readProxySetting(proxy) : ok(undefined)
  if (!setting.ok) return setting
  return ok((chosen) => ({
    proxy: setting.value ?? chosen.proxy,
    certificates: typeof ca === 'string' ? [...chosen.certificates, path.resolve(ca)] : chosen.certificates,
  }))
}

/** Settings through conf, the library inside electron-store, over the same file as the desktop shell's. */
const openStore = (profile: string) =>
  new Conf<Record<string, unknown>>({
    cwd: profile,
    configName: settingsName,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  })

/** The profile has an instance already: shows where its page is. */
const handOver = async (profile: string, json: boolean): Promise<number> => {
  const answer = await askInstance(profile, { call: 'show' })
  const shown = answer.ok ? readValue(v.object({ url: v.nullable(v.string()) }), answer.value) : answer
  if (!shown.ok) return printFailure(shown.failure, json)
  print(shown.value.url === null ? t('failure.already_running') : `ready ${shown.value.url}`)
  return 0
}

/** How long ending may be held up, in milliseconds; what matters is written long before. */
const quitPatience = 1000

/**
 * A keychain that waits for its owner occupies a thread, which the end of a process waits for, `process.exit` too. The signal
 * does not, and is no failure to who watches over services.
 */
const endNow = (): void => {
  process.kill(process.pid, 'SIGTERM')
}

/** Ends by a signal or by `end`. A second signal ends the process the hard way, as users expect. */
const untilAskedToEnd = (): { reached: Promise<void>; end: () => void; isOver: () => boolean } => {
  let isOver = false
  let resolve: () => void = () => undefined
  const reached = new Promise<void>((done) => {
    resolve = done
  })
  const end = (): void => {
    isOver = true
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
    resolve()
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  return { reached, end, isOver: () => isOver }
}
