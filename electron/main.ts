import { homedir } from 'node:os'
import * as path from 'node:path'
import { app, crashReporter, dialog, Menu, protocol } from 'electron'
import type { Failure } from '../common/contract/failure.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { callInstance } from '../engine/control/call-instance.ts'
import { claimProfile } from '../engine/control/claim-profile.ts'
import { controlPath } from '../engine/control/control-path.ts'
import { systemClock } from '../engine/ports/clock.ts'
import { createLanguage } from '../engine/preferences/language.ts'
import { crashFolder, defaultProfile, openProfile, stateFolder } from '../engine/storage/profile.ts'
import { openStateFiles, type StateFiles } from '../engine/storage/state-files.ts'
import { type CommandLine, helpText, readCommandLine, type StartAction } from './command-line.ts'
import { compose, type OnFurtherStart } from './compose.ts'
import { appIcon } from './icon-file.ts'
import { createDeepLinks, findUrl, listenForUrls, type SecondStart } from './links/deep-links.ts'
import { createDialogs } from './surfaces/dialogs.ts'
import { forwardToRunningInstance } from './system/forward-to-running-instance.ts'
import { wasOpenedAtLogin } from './system/open-at-login.ts'
import { removeSingletonFolder, singletonFolder } from './system/singleton-folder.ts'
import { appVersion } from './version.ts'
import { appSchemes } from './window/app-scheme.ts'
import { applyGraphics, createGraphics, type Graphics } from './window/graphics.ts'

// How the desktop shell begins: it reads the command line, then claims the profile or forwards to the instance that has it.

/** Windows ties notifications and the task bar to it; the installer's shortcut has to carry the same. */
const appId = 'io.github.discourse-notifier'

const { platform } = process
const language = createLanguage(() => app.getPreferredSystemLanguages())
const { t } = language
const links = createDeepLinks()
/** What further starts asked for before there was anybody to do it; the last one counts, and undefined is none. */
let pendingAction: StartAction | null | undefined
let onFurtherStart: OnFurtherStart = (action) => {
  pendingAction = action
}

/** What a start knows before the profile is claimed. */
interface Beginning {
  readonly profile: string
  readonly isDefaultProfile: boolean
  readonly commandLine: CommandLine
  readonly url: string | undefined
  readonly files: StateFiles
  readonly graphics: Graphics
}

/** Everything that has to happen before Electron is ready; nothing here may wait. */
const begin = (): void => {
  const args = process.argv.slice(1)
  const commandLine = readCommandLine(args)
  if (commandLine === undefined) {
    end({ code: 'usage', params: { reason: 'The option --profile takes a folder.' } })
    return
  }
  if (commandLine.prints !== undefined) {
    process.stdout.write(`${commandLine.prints === 'version' ? appVersion : helpText}\n`)
    app.exit(0)
    return
  }
  const standardProfile = defaultProfile(platform, process.env, homedir())
  const profile = path.resolve(commandLine.profile ?? standardProfile)
  const sessionData = path.join(profile, 'electron')
  const folders = [profile, sessionData].map(openProfile)
  const refused = folders.find((opened) => !opened.ok)
  if (refused?.ok === false) {
    end(refused.failure)
    return
  }
  app.setName(t('app.name'))
  // The lock belongs to the folder, so that a second profile can run beside the first.
  app.setPath('userData', profile)
  app.setPath('sessionData', sessionData)
  const url = findUrl(args, platform)
  const start: SecondStart = { url: url ?? null, isHidden: commandLine.isHidden, action: commandLine.action ?? null }
  const former = singletonFolder(profile)
  if (!app.requestSingleInstanceLock(start)) {
    app.quit()
    return
  }
  if (former !== undefined && former !== singletonFolder(profile)) removeSingletonFolder(former)
  if (url !== undefined) links.receive(url)
  listenForUrls(app, links, (action) => onFurtherStart(action))
  protocol.registerSchemesAsPrivileged(appSchemes)
  // What a crash leaves behind stays on this computer (engine/storage/crash-dumps.ts).
  app.setPath('crashDumps', crashFolder(profile))
  crashReporter.start({ uploadToServer: false })
  // macOS has one; see application-menu.ts.
  if (platform !== 'darwin') Menu.setApplicationMenu(null)
  if (platform === 'win32') app.setAppUserModelId(appId)
  const files = openStateFiles(stateFolder(profile))
  const graphics = createGraphics({ files, version: process.versions.electron ?? '' })
  applyGraphics(app, graphics)
  const isDefaultProfile = profile === path.resolve(standardProfile)
  app
    .whenReady()
    .then(() => run({ profile, isDefaultProfile, commandLine, url, files, graphics }))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      end({ code: 'internal' })
    })
}

/** Says why the program ends. Before it is ready Electron would print that in a terminal's colours, wherever it goes. */
const end = (failure: Failure): void => {
  const sentence = failureSentence(t, failure)
  if (platform === 'linux' && !app.isReady()) process.stderr.write(`${sentence}\n`)
  else dialog.showErrorBox(t('app.name'), sentence)
  app.exit(1)
}

const run = async ({ url, ...beginning }: Beginning): Promise<void> => {
  const { profile } = beginning
  const [claimed] = await Promise.all([claimProfile(controlPath(profile)), language.follow('system')])
  if (!claimed.ok) {
    end(claimed.failure)
    return
  }
  const claim = claimed.value
  if (claim === undefined) {
    await forwardToRunningInstance({
      call: (call) => callInstance(controlPath(profile), call),
      url,
      isUnasked: beginning.commandLine.isHidden || wasOpenedAtLogin(app, platform),
      dialogs: createDialogs(dialog, t, appIcon, app.getPath('documents'), systemClock),
      t,
    })
    app.quit()
    return
  }
  const composed = await compose({ ...beginning, claim, links, language })
  if (!composed.ok) {
    end(composed.failure)
    return
  }
  onFurtherStart = composed.value
  if (pendingAction !== undefined) onFurtherStart(pendingAction)
}

begin()
