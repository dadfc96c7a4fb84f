import type { AccountView, AttemptView, QuietState, Snapshot } from '../../common/contract/snapshot.ts'
import { totalNew } from '../../common/glance/badge.ts'
import {
  accountLine,
  allCountsText,
  isInTrouble,
  needsUser,
  shownState,
  statusLine,
  troubleTexts,
} from '../../common/glance/glance.ts'
import { failureSentence } from '../../common/i18n/i18n.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { alignColumns } from '../command-line/columns.ts'
import type { CliInput, RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { nearest } from '../command-line/nearest.ts'
import { lineWidth, styled, wrap } from '../command-line/terminal.ts'
import { listOf, type UsageReason, usageFailure } from '../command-line/usage-reason.ts'
import { accountName, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { pendingSignIns } from '../pending-sign-ins.ts'
import { barFormats, barState, barText, templateNames, unknownNames } from '../status-bars/bar-formats.ts'
import { watchSnapshots } from '../watch-snapshots.ts'

/** Shows every account with its counts, and pending sign-ins: a table, a line for a status bar, or a line for each change. */
export const status: RunCommand = async (input) => {
  const { options, json, profile } = input
  const format = typeof options['format'] === 'string' ? options['format'] : undefined
  const isWatching = options['watch'] === true
  const mistake = mistakeIn(format, isWatching)
  if (mistake !== undefined) return printFailure(usageFailure(mistake, 'status --help'), json)
  if (isWatching) {
    await printChanges(profile, format ?? (json ? 'json' : '{summary}'))
    return exitStatus.ok
  }
  return format === undefined ? await printStatus(input) : await printForBar(profile, format)
}

const mistakeIn = (format: string | undefined, isWatching: boolean): UsageReason | undefined => {
  if (format === undefined) return undefined
  if (format === 'xbar' && isWatching) return { name: 'bothBarAndWatch' }
  const [unknown] = unknownNames(format)
  if (unknown !== undefined)
    return { name: 'notTemplate', values: { name: `{${unknown}}`, names: listOf(templateNames) } }
  const isName = barFormats.some((name) => name === format)
  return isName || format.includes('{')
    ? undefined
    : {
        name: 'format',
        values: { formats: listOf(barFormats), example: '{unread}' },
        meant: nearest(format, barFormats),
      }
}

/** Prints a line at the start and whenever it changes, until standard output is closed or the process is ended. */
const printChanges = async (profile: string, format: string): Promise<void> => {
  let last: string | undefined
  await watchSnapshots(
    profile,
    (snapshot) => {
      const text = barText(format, { snapshot, t, now: Date.now() })
      if (text !== last) print(text)
      last = text
    },
    new AbortController().signal,
  )
}

/** A status bar shows that no notifier runs, instead of a failure. */
const printForBar = async (profile: string, format: string): Promise<number> => {
  const read = await readSnapshot(profile)
  const snapshot = read.ok ? read.value : undefined
  print(barText(format, { snapshot, t, now: Date.now() }))
  return snapshot === undefined ? exitStatus.notRunning : statusOf(snapshot)
}

const statusOf = ({ vault, accounts }: Snapshot): number =>
  vault.kind === 'unavailable' || accounts.some(needsUser) ? exitStatus.needsAttention : exitStatus.ok

/**
 * Prints the accounts with their counts, and the pending sign-ins, as a table or as JSON.
 * @param only the id of the account to leave all others out for
 * @returns the exit status
 */
export const printStatus = async ({ profile, json, hasColor }: CliInput, only?: string): Promise<number> => {
  const read = await readSnapshot(profile)
  if (!read.ok) return printFailure(read.failure, json)
  const snapshot = {
    ...read.value,
    accounts: read.value.accounts.filter(({ id }) => only === undefined || id === only),
    attempts: read.value.attempts.filter(({ account }) => only === undefined || account === only),
  }
  if (json) printJson(statusJson(snapshot, Date.now()))
  else for (const line of statusLines(snapshot, Date.now(), lineWidth(), hasColor)) print(line)
  return statusOf(snapshot)
}

/**
 * The status for programs.
 * @param now milliseconds since 1970
 */
export const statusJson = (snapshot: Snapshot, now: number) => ({
  state: barState(snapshot),
  unread: totalNew(snapshot),
  summary: statusLine(t, snapshot),
  problem: keychainProblem(snapshot),
  accounts: snapshot.accounts.map((account) => accountJson(account, now)),
  quiet: quietJson(snapshot.quiet),
  pendingSignIns: pendingSignIns(snapshot).map(attemptJson),
})

/** Why no account can be added or asked, where no keychain answers. */
const keychainProblem = ({ vault }: Snapshot): string | null =>
  vault.kind === 'unavailable' ? failureSentence(t, vault.failure) : null

/** Neither the code nor the id, which leads to the approval page. */
const attemptJson = ({ site, account, expiresAt, state }: AttemptView) => ({
  site: site.base,
  title: site.title,
  account,
  state: state.kind,
  expiresAt: new Date(expiresAt).toISOString(),
})

/** Whether it is quiet, for programs. */
export const quietJson = ({ isQuiet, reason, until }: QuietState) => ({
  isQuiet,
  reason,
  until: until === null ? null : new Date(until).toISOString(),
})

const accountJson = (account: AccountView, now: number) => {
  const { id, site, username, state, counts, checkedAt } = account
  return {
    id,
    site: site.base,
    title: site.title,
    username,
    state: shownState(state),
    problem: isInTrouble(account) ? accountLine(t, account, now) : null,
    counts,
    checkedAt: checkedAt === null ? null : new Date(checkedAt).toISOString(),
  }
}

/**
 * The status for people: a summary, then a line for each account, those that need attention first and others in trouble
 * next; below each what is wrong; then pending sign-ins.
 * @param now milliseconds since 1970
 * @param width of the terminal; may be infinite
 */
export const statusLines = (snapshot: Snapshot, now: number, width: number, hasColor: boolean): readonly string[] => {
  const accounts = snapshot.accounts.toSorted((a, b) => urgency(b) - urgency(a))
  const isNew = (row: number): boolean => (accounts[row]?.counts?.total ?? 0) > 0
  const rows = alignColumns(
    [
      { cells: accounts.map(({ site }) => site.title), least: 12, style: () => 'bold' },
      { cells: accounts.map(accountName), least: 16, leftOut: 1 },
      {
        cells: accounts.map(({ counts }) => (counts === null ? '' : allCountsText(t, counts))),
        least: 12,
        style: (row) => (isNew(row) ? 'cyan' : 'dim'),
      },
      { cells: accounts.map((account) => checkedText(account, now)), leftOut: 2, style: () => 'dim' },
    ],
    width,
    hasColor,
  )
  const summary = [statusLine(t, snapshot), ...troubleTexts(t, snapshot.accounts)].join(t('units.dot'))
  const problem = keychainProblem(snapshot)
  const quiet = quietLine(t, snapshot, now)
  const pending = pendingLines(snapshot, width, hasColor)
  return [
    // Where the first forum is being added, “No forums yet” would say that nothing has happened.
    ...(accounts.length === 0 && pending.length > 0 ? [] : wrap(summary, width)),
    ...(problem === null ? [] : wrap(problem, width).map((line) => styled(hasColor, 'yellow', line))),
    ...(quiet === null ? [] : wrap(quiet, width)),
    ...accounts.flatMap((account, index) => {
      const trouble = isInTrouble(account) ? wrap(accountLine(t, account, now), width - 2) : []
      return [rows[index] ?? '', ...trouble.map((line) => `  ${styled(hasColor, 'yellow', line)}`)]
    }),
    ...pending,
  ]
}

/** A line for each pending sign-in, and below them where to finish or cancel it. */
const pendingLines = (snapshot: Snapshot, width: number, hasColor: boolean): readonly string[] => {
  const attempts = pendingSignIns(snapshot)
  if (attempts.length === 0) return []
  const rows = alignColumns(
    [
      { cells: attempts.map(({ site }) => site.title), least: 12, style: () => 'bold' },
      { cells: attempts.map(({ site }) => site.host), least: 16 },
      {
        cells: attempts.map(({ state }) => t(state.kind === 'checking' ? 'add.checking' : 'overview.waiting')),
        least: 12,
        style: () => 'yellow',
      },
    ],
    width,
    hasColor,
  )
  const help = wrap(t('cli.pendingHelp'), width - 2)
  return [`${t('overview.attempts')}:`, ...rows, ...help.map((line) => `  ${line}`)]
}

const urgency = (account: AccountView): number => (needsUser(account) ? 2 : isInTrouble(account) ? 1 : 0)

const checkedText = ({ checkedAt }: AccountView, now: number): string =>
  checkedAt === null ? t('overview.notChecked') : t('overview.checked', { age: ageText(t, checkedAt, now) })
