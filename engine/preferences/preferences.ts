import type { CommandInput } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { changePreferences } from '../../common/preferences/preferences.ts'
import type { HttpStack } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { LinkHandler } from '../ports/link-handler.ts'
import type { OpenAtLogin } from '../ports/open-at-login.ts'
import type { Language } from './language.ts'

/** Changes preferences and applies them. */
export interface PreferencesChanges {
  /** Applies the saved preferences; what is wrong with the network settings becomes a notice. */
  start(): Promise<void>
  /**
   * Changes and saves at once.
   * Failures: `account_unknown`, and then nothing has changed; `settings_not_saved`, and then it lasts until the end;
   * those of `OpenAtLogin` and `LinkHandler`.
   */
  change(change: CommandInput<'preferences.change'>): Promise<Result<null>>
  /** Asks again which program handles `discourse:` links; see `LinkHandler`. */
  checkLinks(): Promise<void>
}

export interface PreferencesOptions {
  readonly model: Model
  readonly setNetwork: HttpStack['setNetwork']
  readonly openAtLogin: OpenAtLogin | undefined
  readonly linkHandler: LinkHandler | undefined
  /** The network settings have changed. */
  readonly onNetwork: () => void
  /** Quiet hours or a pause have changed. */
  readonly onQuiet: () => void
  /** The interval between two requests has changed. */
  readonly onPace: () => void
  readonly language: Language
}

export const createPreferences = ({
  model,
  setNetwork,
  openAtLogin,
  linkHandler,
  onNetwork,
  onQuiet,
  onPace,
  language,
}: PreferencesOptions): PreferencesChanges => {
  const applyNetwork = async (): Promise<void> => {
    const failures = await setNetwork(model.preferences().network)
    for (const { id, failure } of model.snapshot().notices) {
      if (failure.code === 'certificate_unreadable') model.removeNotice(id)
    }
    for (const failure of failures) model.addNotice(failure)
  }

  /** Applies the choice to the system, and shows the result. */
  const applyOpenAtLogin = (wanted?: boolean): Result<null> => {
    if (openAtLogin === undefined) return ok(null)
    const done = wanted === undefined || wanted === openAtLogin.isOn() ? ok(null) : openAtLogin.set(wanted)
    model.setOpenAtLogin(openAtLogin.isOn())
    return done
  }

  /** Registers for links or unregisters if wanted, then shows which program is registered. */
  const applyLinks = async (wanted?: boolean): Promise<Result<null>> => {
    if (linkHandler === undefined) return ok(null)
    const done = wanted === undefined ? ok(null) : await linkHandler.set(wanted)
    model.setLinkOwner(await linkHandler.owner())
    return done
  }

  return {
    start: async () => {
      applyOpenAtLogin()
      // Not awaited: it may take a while, and no account depends on it.
      void applyLinks().then(() => {
        const isFree = model.snapshot().linkOwner?.kind === 'nobody'
        if (isFree && model.preferences().general.openLinks) void applyLinks(true)
      })
      await Promise.all([applyNetwork(), language.follow(model.preferences().appearance.language)])
    },
    change: async (change) => {
      const unknown = Object.keys(change.accounts ?? {}).find((id) => model.account(id) === undefined)
      if (unknown !== undefined) return fail('account_unknown', { account: unknown })
      const before = model.preferences()
      const after = changePreferences(before, change)
      model.setPreferences(after)
      const saved = model.save()
      if (after.appearance.language !== before.appearance.language) {
        await language.follow(after.appearance.language)
        // Shells word the snapshot again.
        model.touch()
      }
      if (after.quiet !== before.quiet) onQuiet()
      if (after.network !== before.network) {
        await applyNetwork()
        onNetwork()
      }
      if (after.general.refreshSeconds !== before.general.refreshSeconds) onPace()
      const started = applyOpenAtLogin(change.general?.openAtLogin)
      const wantsLinks = change.general?.openLinks
      const linked = wantsLinks === undefined ? ok(null) : await applyLinks(wantsLinks)
      if (!saved.ok) return saved
      return started.ok ? linked : started
    },
    checkLinks: async () => void (await applyLinks()),
  }
}
