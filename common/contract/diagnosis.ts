import type { ProxySetting } from '../preferences/network-settings.ts'
import type { Failure } from './failure.ts'
import type { SignInMethod } from './sign-in-method.ts'

// What the notifier can tell of itself and of the way to a forum when something is wrong. No secret is in it.

/** From the address to the news, in the order in which each needs the ones before. */
export const diagnosisSteps = ['address', 'name', 'connection', 'forum', 'signIn', 'key', 'totals', 'live'] as const

export type DiagnosisStepName = (typeof diagnosisSteps)[number]

/** What was found out at one step. */
export type DiagnosisStep = { readonly name: DiagnosisStepName } & (
  | { readonly outcome: 'ok'; readonly fact: DiagnosisFact | null }
  | { readonly outcome: 'failed'; readonly failure: Failure }
  /** Not tested: an earlier step failed, or there is nothing here to test. */
  | { readonly outcome: 'skipped' }
)

/** What a step that went well has found. */
export type DiagnosisFact =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'apiVersion'; readonly version: number; readonly title: string }
  | { readonly kind: 'methods'; readonly methods: readonly SignInMethod[] }
  | { readonly kind: 'username'; readonly username: string }
  | { readonly kind: 'total'; readonly total: number }
  /** Counts come with the session, as on forums before 3.3. */
  | { readonly kind: 'totalInSession'; readonly total: number }

/** The folders of ours that whoever looks for a fault may want to see. */
export const diagnosisFolders = ['log', 'crashes'] as const

export type DiagnosisFolder = (typeof diagnosisFolders)[number]

/** What the desktop around the program does not do as it usually does. */
export type DesktopFact = 'trayMissing' | 'badgeRefused' | 'withoutGpu'

/**
 * How an account's live channel stands: each message comes at once; with the end of a poll, because a proxy buffers; or
 * the counts rise while the channel says nothing, as for members who have not been on the forum for thirty days.
 */
export type ChannelState = 'streamed' | 'buffered' | 'silent'

/** Numbers about the program and its accounts. */
export interface DiagnosisReport {
  /** Name, release and processor of the system, and what runs the program. */
  readonly platform: string
  readonly runtime: string
  /** The folder of the log; null where none is kept. */
  readonly log: string | null
  /** What crashes have left behind; null where the shell keeps nothing of them. */
  readonly crashes: { readonly folder: string; readonly count: number } | null
  /** What the computer's administrator has decided; null where there is no such file. */
  readonly policy: {
    readonly file: string
    /** How many forums it suggests. */
    readonly sites: number
    /** How it has forums reached; null where it leaves that to the user. */
    readonly proxy: ProxySetting['kind'] | null
    readonly mayUpdate: boolean
    /** What of it is not followed, and why. */
    readonly failures: readonly Failure[]
  } | null
  readonly desktop: readonly DesktopFact[]
  readonly accounts: readonly {
    readonly account: string
    /** Requests of the last 24 hours, and how many the forum allows in that time. */
    readonly requestsToday: number
    readonly requestsADay: number
    /** Until when the forum asks to wait, in milliseconds since 1970. */
    readonly blockedUntil: number | null
    /** null while there is no live channel. */
    readonly channel: ChannelState | null
  }[]
}
