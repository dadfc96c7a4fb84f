import * as v from 'valibot'
import {
  type CommandHandlers,
  type CommandName,
  type CommandResults,
  commandInputs,
} from '../common/contract/commands.ts'
import { fail, ok, type Result } from '../common/contract/failure.ts'
import { forumAddressIn } from '../common/contract/forum-address.ts'
import type { Translate } from '../common/i18n/i18n.ts'
import { accountPreferences } from '../common/preferences/preferences.ts'
import type { CompleteSignIn } from './accounts/complete-sign-in.ts'
import type { DeferredMarking } from './accounts/deferred-marking.ts'
import type { MarkRead } from './accounts/mark-read.ts'
import type { MoveAccount } from './accounts/move-account.ts'
import type { OlderRowsLoader } from './accounts/older-rows.ts'
import type { Revocation } from './accounts/revocation.ts'
import type { SignIn } from './accounts/sign-in.ts'
import type { SignInKeypair } from './accounts/sign-in-keypair.ts'
import type { VaultAccess } from './accounts/vault-access.ts'
import { pauseUntil } from './alerts/quiet/quiet.ts'
import type { Snoozes } from './alerts/snoozes/snoozes.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import type { Http } from './discourse/http.ts'
import { inspectSite } from './discourse/inspect-site.ts'
import type { DesktopPorts } from './engine-ports.ts'
import type { Model } from './model.ts'
import type { Clock } from './ports/clock.ts'
import type { PreferencesChanges } from './preferences/preferences.ts'
import type { SettingsTransfer } from './preferences/settings-transfer.ts'
import type { Sync } from './sync/sync.ts'

/** The parts of the engine that commands are for. */
export interface CommandParts {
  readonly model: Model
  readonly http: Http
  readonly clock: Clock
  readonly t: Translate
  readonly sync: Sync
  readonly signIn: SignIn
  readonly markRead: MarkRead
  readonly deferredMarking: DeferredMarking
  readonly olderRows: OlderRowsLoader
  readonly snoozes: Pick<Snoozes, 'snooze' | 'end'>
  readonly preferences: PreferencesChanges
  readonly transfer: SettingsTransfer
  readonly diagnosis: Diagnosis
  readonly revocation: Revocation
  readonly moveAccount: MoveAccount
  readonly keypair: SignInKeypair
  readonly completeSignIn: CompleteSignIn
  readonly vaultAccess: VaultAccess
  readonly desktop: DesktopPorts
  readonly timeZone: string | undefined
}

/** A browser needs a while to load a page, and only then does the forum count it as read. In milliseconds. */
const readingTimes = [5000, 30_000] as const

/** What each command does. */
export const createCommandHandlers = (parts: CommandParts): CommandHandlers => {
  const { model, http, clock, t, sync, signIn, markRead, olderRows, preferences, revocation, keypair } = parts
  const { completeSignIn, vaultAccess, moveAccount, transfer, diagnosis, snoozes, timeZone, deferredMarking } = parts
  const { showNotification, copyText, readClipboard, saveFile, downloadUpdate } = parts.desktop
  /** Pending refreshes of accounts whose pages are being read. */
  const reading = new Map<string, readonly (() => void)[]>()
  return {
    'site.inspect': async ({ address, allowPlain }) => {
      const looked = await inspectSite(http, address, allowPlain)
      return looked.ok ? ok(looked.value.site) : looked
    },
    'clipboard.address': async () => {
      const text = await readClipboard?.().catch(() => '')
      return ok({ address: forumAddressIn(text ?? '') })
    },
    'attempt.begin': signIn.begin,
    'attempt.switch': signIn.switchMethod,
    'attempt.limit': signIn.limitAccess,
    'attempt.scope': signIn.chooseScope,
    'attempt.copyLink': async ({ attempt }) => {
      const link = signIn.authorizeUrl(attempt)
      if (link === undefined || copyText === undefined) return fail('attempt_unknown')
      return await copyText(link).then(
        () => ok(null),
        () => fail('internal'),
      )
    },
    'attempt.accept': ({ text }) => completeSignIn.accept(text),
    'attempt.dismiss': signIn.dismiss,
    'account.refresh': async ({ account }) => {
      if (account !== undefined) return sync.refresh(account)
      const answers = await Promise.all(model.accounts().map(({ id }) => sync.refresh(id)))
      return answers.find((answer) => !answer.ok) ?? ok(null)
    },
    'account.opened': async ({ account }) => {
      // Pages of the same account share one refresh.
      for (const cancel of reading.get(account) ?? []) cancel()
      const looks = readingTimes.map((delay) => clock.after(delay, () => void sync.look(account)))
      reading.set(account, looks)
      return ok(null)
    },
    'account.readAll': ({ account }) => markRead.all(account),
    'marking.begin': async ({ accounts }) => deferredMarking.begin(accounts),
    'marking.keep': async ({ marking }) => deferredMarking.keep(marking),
    'marking.undo': async ({ marking }) => deferredMarking.undo(marking),
    'marking.send': async ({ marking }) => {
      await deferredMarking.send(marking)
      return ok(null)
    },
    'account.loadOlder': ({ account }) => olderRows.load(account),
    'notification.read': ({ account, notification }) => markRead.one(account, notification),
    'notification.snooze': (input) => snoozes.snooze(input.account, input.notification, input.for),
    'notification.unsnooze': ({ account, notification }) => snoozes.end(account, notification),
    'topic.mute': async ({ account, topic }) => {
      const { mutedTopics } = accountPreferences(model.preferences(), account)
      return preferences.change({ accounts: { [account]: { mutedTopics: [...new Set([...mutedTopics, topic])] } } })
    },
    'account.move': ({ account, host }) => moveAccount.move(account, host),
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
      const outcome = await showNotification(message)
      return ok(outcome.kind === 'shown' ? { kind: 'shown' } : outcome)
    },
    'vault.retry': vaultAccess.open,
    'vault.useSession': vaultAccess.keepInMemory,
    'notice.dismiss': async ({ notice }) => {
      model.removeNotice(notice)
      return ok(null)
    },
    'update.download': async () => (downloadUpdate === undefined ? fail('update_none') : await downloadUpdate()),
    'preferences.change': preferences.change,
    'quiet.pause': (input) =>
      preferences.change({ quiet: { pausedUntil: pauseUntil(input.for, clock.now(), timeZone) } }),
    'quiet.resume': () => preferences.change({ quiet: { pausedUntil: null } }),
    'settings.export': async () => ok({ text: transfer.exported() }),
    'settings.saveFile': async () => {
      if (saveFile === undefined) return ok({ outcome: 'browser' })
      const saved = await saveFile('discourse-notifier-settings.json', transfer.exported())
      return saved.ok ? ok({ outcome: saved.value ? 'saved' : 'cancelled' }) : saved
    },
    'settings.import': ({ text }) => transfer.import(text),
    'settings.reset': transfer.reset,
    'diagnose.site': async (input) => diagnosis.site(input),
    'diagnose.report': async () => ok(diagnosis.report()),
    'diagnose.openFolder': ({ folder }) => diagnosis.openFolder(folder),
  }
}

/** Reads a command's input, which comes from outside, and runs it. Failures: `command_invalid`, `internal`, its own. */
export const runCommand = async <Name extends CommandName>(
  handlers: CommandHandlers,
  name: Name,
  input: unknown,
): Promise<Result<CommandResults[Name]>> => {
  const parsed = v.safeParse(commandInputs[name], input, { abortEarly: true })
  if (!parsed.success) return fail('command_invalid', { reason: parsed.issues[0].message })
  try {
    return await handlers[name](parsed.output)
  } catch {
    // Handlers return a failure for anything that may go wrong outside; what ends here is a bug of ours.
    return fail('internal')
  }
}
