import type { DesktopFact } from '../common/contract/diagnosis.ts'
import type { Result } from '../common/contract/failure.ts'
import type { PlayWav } from './alerts/sound/play-wav.ts'
import type { Http, HttpStack } from './discourse/http.ts'
import type { Policy } from './policy/policy.ts'
import type { Clock } from './ports/clock.ts'
import type { LinkHandler } from './ports/link-handler.ts'
import type { Log } from './ports/log.ts'
import type { NotificationPort } from './ports/notification-port.ts'
import type { OpenAtLogin } from './ports/open-at-login.ts'
import type { Random } from './ports/random.ts'
import type { Language } from './preferences/language.ts'
import type { CrashDumps } from './storage/crash-dumps.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { StateFiles } from './storage/state-files.ts'
import type { Vault } from './storage/vault.ts'

// What a shell supplies to the engine, one group for each side of the machine.

/** The profile: what is kept on this computer. */
export interface StoragePorts {
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly vault: Vault
  /** Where avatars and icons are kept; none are fetched without it. */
  readonly imageFolder?: string
  /** Where the log is; shown on request. */
  readonly logFolder?: string
  readonly crashes?: CrashDumps
}

/** The way to the forums. */
export interface NetworkPorts {
  readonly http: Http
  /** Makes `http` use these settings from now on, and returns what is wrong with them. */
  readonly setNetwork: HttpStack['setNetwork']
}

/** The desktop around the program. What a shell cannot do is left out. */
export interface DesktopPorts {
  readonly showNotification: NotificationPort
  /** The better of the two sign-in methods every forum has: redirect only where `discourse:` links reach this program. */
  readonly defaultMethod: () => 'redirect' | 'paste'
  /** Opens a forum's address in the user's browser. It may hold a token, so it must not appear on a command line. */
  readonly openUrl: (url: string) => void
  /** Plays our own sounds. */
  readonly playWav?: PlayWav
  readonly openAtLogin?: OpenAtLogin | undefined
  readonly linkHandler?: LinkHandler | undefined
  /** Facilities that this desktop lacks. */
  readonly facts?: () => readonly DesktopFact[]
  /** Shows one of our folders in the file manager; resolves to whether something could. */
  readonly openFolder?: (folder: string) => Promise<boolean>
  /** Puts text on the clipboard; rejects when that fails. */
  readonly copyText?: (text: string) => Promise<void>
  readonly readClipboard?: () => Promise<string>
  /**
   * Has the user choose where to save a text, and saves it there; resolves to whether it was.
   * Failure: `settings_not_saved`.
   */
  readonly saveFile?: (name: string, text: string) => Promise<Result<boolean>>
  /** Downloads the new version that a notice of the shell announces. */
  readonly downloadUpdate?: () => Promise<Result<null>>
}

/** Clock and randomness. */
export interface SystemPorts {
  readonly clock: Clock
  readonly random: Random
  /** An IANA name for quiet hours and mornings; the system's own without it. */
  readonly timeZone?: string
}

/** Everything an engine needs. */
export interface EngineOptions {
  readonly storage: StoragePorts
  readonly network: NetworkPorts
  readonly desktop: DesktopPorts
  readonly system: SystemPorts
  /** Follows the user's choice once the engine has started. */
  readonly language: Language
  readonly appVersion: string
  /**
   * Milliseconds between two requests for one account's counts while the user is here and the forum has no live channel,
   * unless the user has chosen another figure.
   */
  readonly interval: number
  /** What the computer's administrator has decided; `noPolicy` without it. */
  readonly policy?: Policy
  /** Discards everything without it. */
  readonly log?: Log
}

/** The same as the parts get it: nothing optional that has a default, and timers that end with the engine. */
export type EngineParts = EngineOptions & { readonly policy: Policy }
