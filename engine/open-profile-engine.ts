import { ok, type Result } from '../common/contract/failure.ts'
import { defaultNetwork, type NetworkSettings } from '../common/preferences/network-settings.ts'
import { createPlayWav } from './alerts/sound/play-wav.ts'
import { createHttp, type HttpOptions } from './discourse/http.ts'
import { createEngine, type Engine } from './engine.ts'
import type { DesktopPorts, EngineOptions, NetworkPorts } from './engine-ports.ts'
import type { Policy } from './policy/policy.ts'
import { systemClock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import { systemRandom } from './ports/random.ts'
import type { CrashDumps } from './storage/crash-dumps.ts'
import type { KeychainCall } from './storage/keychain/keychain-subprocess.ts'
import { openSystemKeychain, refuseKeychain } from './storage/keychain/system-keychain.ts'
import { createTrackedKeychain } from './storage/keychain/tracked-keychain.ts'
import { openLogFile } from './storage/log-file.ts'
import { imageFolder, logFolder, stateFolder, vaultItem } from './storage/profile.ts'
import { openProfileId } from './storage/profile-id.ts'
import { type OpenStore, openProfileSettings, type SettingsFile } from './storage/settings-file.ts'
import type { StateFiles } from './storage/state-files.ts'
import { createVault } from './storage/vault.ts'

/** How a shell reaches forums, apart from the settings. */
export interface NetworkPort extends Pick<HttpOptions, 'userAgent' | 'resolveProxy'> {
  /** Applies what the command line asks for to the user's settings. */
  readonly override?: (chosen: NetworkSettings) => NetworkSettings
}

/** How a shell keeps secrets. */
export interface SecretsPort {
  /** Makes a keychain call in a process of its own (keychain-subprocess.ts). */
  readonly callKeychain: KeychainCall
  readonly isWithoutKeychain: boolean
  /** Whether the user has agreed that secrets last for this run only. */
  readonly isSessionAgreed: boolean
}

/** What a shell supplies for the engine of a profile that it has claimed. */
export interface ProfilePorts extends Pick<EngineOptions, 'appVersion' | 'interval' | 'language'> {
  readonly storage: {
    readonly openStore: OpenStore
    readonly files: StateFiles
    readonly crashes?: CrashDumps
  }
  readonly secrets: SecretsPort
  readonly network: NetworkPort
  readonly desktop: Omit<DesktopPorts, 'playWav'> & {
    /** Whether alerts may have a sound. */
    readonly hasSound: boolean
  }
  readonly policy: Policy
}

/** The engine of one profile. */
export interface ProfileEngine {
  readonly engine: Engine
  readonly log: Log
  /** Whether a call to the keychain has not come back. */
  readonly isKeychainBusy: () => boolean
}

/**
 * Opens everything that both shells need from a profile, and the engine over it.
 * @param profile its folder, claimed by this process (control/claim-profile.ts)
 * @returns failures: `profile_unusable`; `certificate_unreadable` for an authority that the command line names
 */
export const openProfileEngine = async (profile: string, ports: ProfilePorts): Promise<Result<ProfileEngine>> => {
  const { storage, secrets, network, policy, appVersion, interval, language } = ports
  const { openStore, ...files } = storage
  const { hasSound, ...desktop } = ports.desktop
  const settings = openProfileSettings(profile, openStore, Date.now())
  if (!settings.ok) return settings
  const { id, formerIds } = openProfileId(profile)
  const reached = await openNetwork(network, policy)
  if (!reached.ok) return reached
  const keychain = createTrackedKeychain(() => openSystemKeychain(secrets.callKeychain))
  const log = openLogFile({ folder: logFolder(profile), clock: systemClock })
  const engine = createEngine({
    storage: {
      ...files,
      settings: settings.value,
      vault: createVault({
        openKeychain: secrets.isWithoutKeychain ? refuseKeychain : keychain.open,
        item: vaultItem(id),
        formerItems: formerIds.map(vaultItem),
        sessionAgreed: secrets.isSessionAgreed || secrets.isWithoutKeychain,
        mayBeEmpty: keepsNothing(settings.value),
        clock: systemClock,
      }),
      imageFolder: imageFolder(profile),
      logFolder: logFolder(profile),
    },
    network: reached.value,
    desktop: { ...desktop, ...(hasSound ? { playWav: createPlayWav(stateFolder(profile)) } : {}) },
    system: { clock: systemClock, random: systemRandom },
    ...{ language, appVersion, interval, policy, log },
  })
  return ok({ engine, log, isKeychainBusy: keychain.isBusy })
}

/** Whether a profile, as far as its settings are readable, has nothing that secrets belong to. */
const keepsNothing = ({ initial, problems }: SettingsFile): boolean =>
  problems.length === 0 && initial.accounts.length === 0 && initial.attempts.length === 0

/** Invalid settings on the command line end the start; those in the settings file become a notice later. */
const openNetwork = async ({ override, ...options }: NetworkPort, { proxy }: Policy): Promise<Result<NetworkPorts>> => {
  const http = createHttp({ ...options, environment: process.env, forcedProxy: proxy })
  if (override === undefined) return ok({ http, setNetwork: http.setNetwork })
  const [unreadable] = await http.setNetwork(override(defaultNetwork))
  if (unreadable !== undefined) return { ok: false, failure: unreadable }
  return ok({ http, setNetwork: (chosen) => http.setNetwork(override(chosen)) })
}
