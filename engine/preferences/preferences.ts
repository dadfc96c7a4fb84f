import type { CommandInput } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { changePreferences } from '../../common/preferences/preferences.ts'
import type { HttpStack } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { LinkHandler } from '../ports/link-handler.ts'
import type { OpenAtLogin } from '../ports/open-at-login.ts'
import type { Language } from './language.ts'

/** Changes what the user may choose, and sees to what follows from it. */
export interface PreferencesChanges {
  /** Reaches forums as the settings file says; what is wrong with that becomes a notice. */
  start(): Promise<void>
  /**
   * Changes and saves at once.
   * Failures: `account_unknown`, and then nothing has changed; `settings_not_saved`, and then it lasts until the end;
   * those of `OpenAtLogin` and `LinkHandler`.
   */
  change(change: CommandInput<'preferences.change'>): Promise<Result<null>>
  /** Finds out who has the forums' links; see `LinkHandler`. */
  lookAtLinks(): Promise<void>
}

/** What that is made with. */
export interface PreferencesOptions {
  readonly model: Model
  readonly setNetwork: HttpStack['setNetwork']
  readonly openAtLogin: OpenAtLogin | undefined
  readonly linkHandler: LinkHandler | undefined
  /** The ways to the forums are others now. */
  readonly onNetwork: () => void
  /** What is quiet may be another time now. */
  readonly onQuiet: () => void
  /** The pause between two questions is another. */
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

  /** Tells the system, and shows what has become of it. */
  const applyOpenAtLogin = (wanted?: boolean): Result<null> => {
    if (openAtLogin === undefined) return ok(null)
    const done = wanted === undefined || wanted === openAtLogin.isOn() ? ok(null) : openAtLogin.set(wanted)
    model.setOpenAtLogin(openAtLogin.isOn())
    return done
  }

  /** Shows who has the links, after they were asked for or given up where that is wanted. */
  const applyLinks = async (wanted?: boolean): Promise<Result<null>> => {
    if (linkHandler === undefined) return ok(null)
    const done = wanted === undefined ? ok(null) : await linkHandler.set(wanted)
    model.setLinkOwner(await linkHandler.look())
    return done
  }

  return {
    start: async () => {
      applyOpenAtLogin()
      // Not waited for: what is asked may take a while, and no account needs it.
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
        // What shells show of the snapshot is worded anew.
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
    lookAtLinks: async () => void (await applyLinks()),
  }
}
