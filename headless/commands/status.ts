import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { accountLine, countsText, needsUser, statusLine } from '../../common/glance/glance.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { alignColumns } from '../command-line/columns.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { lineWidth, styled } from '../command-line/terminal.ts'
import { accountName, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { quietJson } from './print-quiet.ts'

/** Shows every account with its counts. */
export const status: RunCommand = async ({ profile, json, hasColor }) => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const { accounts, quiet, vault } = snapshot.value
  if (json) printJson({ accounts: accounts.map(accountJson), quiet: quietJson(quiet) })
  else for (const line of statusLines(snapshot.value, Date.now(), lineWidth(), hasColor)) print(line)
  const isWell = vault.kind !== 'unavailable' && !accounts.some(needsUser)
  return isWell ? exitStatus.ok : exitStatus.needsAttention
}

const accountJson = ({ id, site, username, state, counts, checkedAt }: AccountView) => ({
  id,
  site: site.base,
  title: site.title,
  username,
  state: state.kind,
  counts,
  checkedAt: checkedAt === null ? null : new Date(checkedAt).toISOString(),
})

/**
 * The status for people: a summary, then a line for each account, those that need their user first; below it what is wrong.
 * @param now milliseconds since 1970
 * @param width of the terminal; may be infinite
 */
export const statusLines = (snapshot: Snapshot, now: number, width: number, hasColor: boolean): readonly string[] => {
  const accounts = [...snapshot.accounts.filter(needsUser), ...snapshot.accounts.filter((one) => !needsUser(one))]
  const isNew = (row: number): boolean => (accounts[row]?.counts?.total ?? 0) > 0
  const rows = alignColumns(
    [
      { cells: accounts.map(({ site }) => site.title), least: 12, style: () => 'bold' },
      { cells: accounts.map(accountName), least: 16, leftOut: 1 },
      {
        cells: accounts.map(({ counts }) => (counts === null ? '' : countsText(t, counts))),
        least: 12,
        style: (row) => (isNew(row) ? 'cyan' : 'dim'),
      },
      { cells: accounts.map((account) => checkedText(account, now)), leftOut: 2, style: () => 'dim' },
    ],
    width,
    hasColor,
  )
  const quiet = quietLine(t, snapshot, now)
  return [
    statusLine(t, snapshot),
    ...(quiet === null ? [] : [quiet]),
    ...accounts.flatMap((account, index) => {
      const isWell = account.state.kind === 'fresh' || account.state.kind === 'new'
      const trouble = isWell ? [] : [`  ${styled(hasColor, 'yellow', accountLine(t, account, now))}`]
      return [rows[index] ?? '', ...trouble]
    }),
  ]
}

const checkedText = ({ checkedAt }: AccountView, now: number): string =>
  checkedAt === null ? t('overview.notChecked') : t('overview.checked', { age: ageText(t, checkedAt, now) })
