import * as v from 'valibot'
import { preferencesChangeSchema } from '../preferences/preferences.ts'
import { type DiagnosisReport, type DiagnosisStep, diagnosisFolders } from './diagnosis.ts'
import type { Result } from './failure.ts'
import type { NotificationOutcome } from './notification-outcome.ts'
import { pauseChoices } from './pause-choice.ts'
import { oneTimeScope } from './scope.ts'
import { signInMethodSchema } from './sign-in-method.ts'
import type { Site } from './snapshot.ts'
import { snoozeChoices } from './snooze-choice.ts'

// What a user interface may ask for, and the only way it changes anything. One map: a missing handler does not compile.

const address = v.pipe(v.string(), v.maxLength(2000))
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const notification = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** The most characters of settings that are taken over; those of a thousand accounts take about half of it. */
const longestImport = 500_000

/** The most accounts, and the most notifications of one, that are marked as read at once. */
const mostMarked = 1000

/** The shape of each command's input; inputs arrive from a renderer, a page or a socket and are `unknown` until read. */
export const commandInputs = {
  /** Finds out what stands at an address, without signing in. */
  'site.inspect': v.strictObject({ address, allowPlain: v.exactOptional(v.boolean()) }),
  /**
   * Looks whether the clipboard holds an address, while the user is asked for one. Nothing else of it is given away; a page
   * in a browser asks that browser instead.
   */
  'clipboard.address': v.strictObject({}),
  /** Starts a sign-in attempt; with `account`, for an account that is already here. */
  'attempt.begin': v.strictObject({
    address,
    /** The user insists on an http address of another computer; the key then travels in clear. */
    allowPlain: v.exactOptional(v.boolean()),
    method: v.exactOptional(signInMethodSchema),
    account: v.exactOptional(id),
  }),
  /** Goes on with another way in; the attempt, its nonce and its time stay. */
  'attempt.switch': v.strictObject({ attempt: id, method: signInMethodSchema }),
  /** Asks for access that ends by itself after so many days (protocol.md 1.2: 365 at most), or for one without an end. */
  'attempt.limit': v.strictObject({
    attempt: id,
    days: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365))),
  }),
  /** Asks for an optional scope as well, or no longer. */
  'attempt.scope': v.strictObject({ attempt: id, scope: v.literal(oneTimeScope), wanted: v.boolean() }),
  /** Puts the address of the authorize page on the clipboard, for another browser than the default one. */
  'attempt.copyLink': v.strictObject({ attempt: id }),
  /** Takes a `discourse://auth_redirect?payload=…` address, one with `oneTimePassword`, or the payload itself. */
  'attempt.accept': v.strictObject({ text: v.pipe(v.string(), v.maxLength(20_000)) }),
  /** Cancels a waiting attempt, or puts away one that has ended. */
  'attempt.dismiss': v.strictObject({ attempt: id }),
  /** Asks for the counts now: of one account, or of all. */
  'account.refresh': v.strictObject({ account: v.exactOptional(id) }),
  /** The user has opened the account's pages in a browser: what they read there must not stay new here. */
  'account.opened': v.strictObject({ account: id }),
  /** Marks every notification of an account as read, on the forum. */
  'account.readAll': v.strictObject({ account: id }),
  /**
   * Marks notifications as read with a way back: they are shown as read at once, and their forums are asked twelve
   * seconds later, or when `marking.send` says so. Without `notifications`, everything new on the account.
   */
  'marking.begin': v.strictObject({
    accounts: v.pipe(
      v.array(
        v.strictObject({
          account: id,
          notifications: v.exactOptional(v.pipe(v.array(notification), v.maxLength(mostMarked))),
        }),
      ),
      v.minLength(1),
      v.maxLength(mostMarked),
    ),
  }),
  /** The user is still deciding: it waits as long again. */
  'marking.keep': v.strictObject({ marking: id }),
  /** The notifications are shown as they were. */
  'marking.undo': v.strictObject({ marking: id }),
  /** The forums are asked now, if they have not been. A failure becomes a notice. */
  'marking.send': v.strictObject({ marking: id }),
  /** Loads the next older notifications of an account; they are not kept, and never lead to an alert. */
  'account.loadOlder': v.strictObject({ account: id }),
  /** Marks one notification as read, on the forum. */
  'notification.read': v.strictObject({ account: id, notification }),
  /** Puts an unread notification off: it is neither counted nor shown as new until it comes back as news. */
  'notification.snooze': v.strictObject({ account: id, notification, for: v.picklist(snoozeChoices) }),
  /** Brings a snoozed notification back now, without an alert. */
  'notification.unsnooze': v.strictObject({ account: id, notification }),
  /** No more alerts about a topic. */
  'topic.mute': v.strictObject({ account: id, topic: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
  /**
   * Takes an account along to where its forum sends visitors now; `host` is where the user has agreed to, and the only place
   * where the key is tried.
   */
  'account.move': v.strictObject({ account: id, host: address }),
  /** Takes the access back on the forum, then forgets the account here; goes on by itself when the forum cannot now. */
  'account.revoke': v.strictObject({ account: id }),
  /** Forgets the account here without the forum's word. */
  'account.forget': v.strictObject({ account: id }),
  /** Replaces this installation's keypair by a new one; no account needs the old one. */
  'keypair.rotate': v.strictObject({}),
  /** Shows a notification, to see whether they arrive. */
  'alert.test': v.strictObject({}),
  /** Asks the keychain again. */
  'vault.retry': v.strictObject({}),
  /** The user agrees to keep secrets in memory only, until the program ends. */
  'vault.useSession': v.strictObject({}),
  'notice.dismiss': v.strictObject({ notice: id }),
  /** Changes the fields that are given. */
  'preferences.change': preferencesChangeSchema,
  /** No alerts for a while, beginning now. */
  'quiet.pause': v.strictObject({ for: v.picklist(pauseChoices) }),
  'quiet.resume': v.strictObject({}),
  /** Downloads the new version that a notice tells of. */
  'update.download': v.strictObject({}),
  /** Gives what the user has chosen and the list of accounts as a text to keep. */
  'settings.export': v.strictObject({}),
  'settings.saveFile': v.strictObject({}),
  /** Takes over such a text. */
  'settings.import': v.strictObject({ text: v.pipe(v.string(), v.maxLength(longestImport)) }),
  /** Everything but the accounts has its default again. */
  'settings.reset': v.strictObject({}),
  /** Finds out step by step what stands between this computer and a forum, or one of the accounts. */
  'diagnose.site': v.union([v.strictObject({ address }), v.strictObject({ account: id })]),
  /** Numbers that help to find out what is wrong. */
  'diagnose.report': v.strictObject({}),
  /** Shows one of our own folders in the system's file manager. */
  'diagnose.openFolder': v.strictObject({ folder: v.picklist(diagnosisFolders) }),
} as const

/** What each command gives back when it succeeds. */
export interface CommandResults {
  'site.inspect': Site
  /** Origin and folder; null when there is none, or the shell does not read it. */
  'clipboard.address': { readonly address: string | null }
  'attempt.begin': { readonly attempt: string; readonly expiresAt: number }
  'attempt.switch': null
  'attempt.limit': null
  'attempt.scope': null
  'attempt.copyLink': null
  /** The account that is connected now, or whose forum was opened with a one-time password. */
  'attempt.accept': { readonly account: string; readonly outcome: 'connected' | 'opened' }
  'attempt.dismiss': null
  'account.refresh': null
  'account.opened': null
  'account.readAll': null
  'marking.begin': { readonly marking: string }
  'marking.keep': null
  'marking.undo': null
  'marking.send': null
  /** Whether there may be still older ones. */
  'account.loadOlder': { readonly hasMore: boolean }
  'notification.read': null
  /** When it comes back, in milliseconds since 1970. */
  'notification.snooze': { readonly until: number }
  'notification.unsnooze': null
  'topic.mute': null
  'account.move': null
  'account.revoke': null
  'account.forget': null
  'keypair.rotate': null
  'alert.test': NotificationOutcome
  'vault.retry': null
  'vault.useSession': null
  'notice.dismiss': null
  'preferences.change': null
  'quiet.pause': null
  'quiet.resume': null
  'update.download': null
  'settings.export': { readonly text: string }
  /** `browser`: this shell has no dialog for it, and the page saves what `settings.export` gives. */
  'settings.saveFile': { readonly outcome: 'saved' | 'cancelled' | 'browser' }
  /** The accounts of the text that are not here; only signing in adds one. */
  'settings.import': { readonly missing: readonly { readonly address: string; readonly username: string }[] }
  'settings.reset': null
  'diagnose.site': readonly DiagnosisStep[]
  'diagnose.report': DiagnosisReport
  'diagnose.openFolder': null
}

export type CommandName = keyof typeof commandInputs
export type CommandInput<Name extends CommandName> = v.InferOutput<(typeof commandInputs)[Name]>

/** One handler per command; the engine must supply them all. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>) => Promise<Result<CommandResults[Name]>>
}

/** How a user interface sends a command. */
export type Execute = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<Result<CommandResults[Name]>>

/** Whether a name from outside is a command. */
export const isCommandName = (name: unknown): name is CommandName =>
  typeof name === 'string' && Object.hasOwn(commandInputs, name)
