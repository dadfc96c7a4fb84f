import * as v from 'valibot'
import { accountNames } from '../../common/glance/account-names.ts'
import { kindGroup, kindGroups } from '../../common/glance/kind-group.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { alignColumns } from '../command-line/columns.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { lineWidth } from '../command-line/terminal.ts'
import { usageFailure } from '../command-line/usage-reason.ts'
import { accountName, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { findAccounts } from './account-command.ts'
import { type Listed, listedId, listNotifications, rememberNumbers, snoozedUntil } from './listed-notifications.ts'

const limitSchema = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.minValue(1), v.maxValue(10_000)),
  '30',
)

/** Lists the newest notifications: columns for people, JSON for programs. `open` and `read` take their numbers. */
export const list: RunCommand = async ({ profile, json, hasColor, words, options }) => {
  const limit = v.safeParse(limitSchema, options['limit'])
  if (!limit.success) {
    const reason = { name: 'numberRange', values: { option: '--limit', least: '1', most: '10000' } } as const
    return printFailure(usageFailure(reason, 'list --help'), json)
  }
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const { forum } = options
  const accounts = typeof forum === 'string' ? findAccounts(snapshot.value.accounts, forum) : snapshot.value.accounts
  if (accounts.length === 0 && typeof forum === 'string')
    return printFailure({ code: 'account_unknown', params: { account: forum } }, json)
  const isUnreadOnly = options['unread'] === true
  const isSnoozed = options['snoozed'] === true
  const group = kindGroups.find((one) => one === options['kind'])
  const found = listNotifications(accounts, { isUnreadOnly, isSnoozed, group, search: words.join(' ') })
  const shown = found.slice(0, limit.output)
  await rememberNumbers(profile, shown)
  const values = shown.map(listedJson)
  if (options['ndjson'] === true) for (const value of values) printJson(value)
  else if (json) printJson(values)
  else {
    const names = accountNames(t, snapshot.value.accounts)
    for (const line of listLines(shown, names, Date.now(), lineWidth(), hasColor)) print(line)
    // In a pipe each line is a notification.
    if (process.stdout.isTTY && shown.length === 0) print(t('inbox.nothingFits'))
    if (process.stdout.isTTY && shown.length < found.length)
      print(t('cli.listed', { shown: shown.length, number: found.length }))
  }
  return exitStatus.ok
}

const listedJson = (listed: Listed, index: number) => {
  const { account, item } = listed
  return {
    number: index + 1,
    id: listedId(listed),
    account: accountName(account),
    site: account.site.base,
    title: account.site.title,
    kind: item.kind,
    group: kindGroup(item.kind),
    read: item.read,
    snoozedUntil: isoTime(snoozedUntil(listed)),
    at: new Date(item.createdAt).toISOString(),
    text: notificationText(t, item),
    excerpt: item.excerpt,
    topic: item.topic,
    url: item.url,
  }
}

const isoTime = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString())

/**
 * A line for each notification: its number, a mark if it is unread, its text, its forum, and its age.
 * @param names of accounts, by id
 * @param now milliseconds since 1970
 * @param width of the terminal; may be infinite
 */
export const listLines = (
  listed: readonly Listed[],
  names: ReadonlyMap<string, string>,
  now: number,
  width: number,
  hasColor: boolean,
): readonly string[] => {
  const digits = String(listed.length).length
  return alignColumns(
    [
      { cells: listed.map((_, index) => String(index + 1).padStart(digits)), style: () => 'dim' },
      { cells: listed.map(({ item }) => (item.read ? ' ' : '●')), style: () => 'cyan' },
      {
        cells: listed.map(({ item }) => notificationText(t, item)),
        least: 20,
        style: (row) => (listed[row]?.item.read === false ? 'bold' : undefined),
      },
      { cells: listed.map(({ account }) => names.get(account.id) ?? ''), least: 10, leftOut: 2, style: () => 'dim' },
      { cells: listed.map(({ item }) => ageText(t, item.createdAt, now)), leftOut: 1, style: () => 'dim' },
    ],
    width,
    hasColor,
  )
}
