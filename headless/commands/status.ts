import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountLine, countsText, statusLine } from '../../common/glance/glance.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import type { CliCommand } from '../cli-command.ts'
import { readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { quietJson } from './print-quiet.ts'

/** Shows every account with its counts. */
export const status: CliCommand = {
  usage: 'status',
  summary: 'shows every account with its counts',
  words: [0, 0],
  options: {},
  run: async ({ profile, json }) => {
    const snapshot = await readSnapshot(profile)
    if (!snapshot.ok) return printFailure(snapshot.failure, json)
    const { accounts, quiet } = snapshot.value
    const now = Date.now()
    if (json) {
      printJson({ accounts: accounts.map(accountJson), quiet: quietJson(quiet) })
      return 0
    }
    print(statusLine(t, snapshot.value))
    const line = quietLine(t, snapshot.value, now)
    if (line !== null) print(line)
    for (const account of accounts) print(accountText(account, now))
    return 0
  },
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

const accountText = (account: AccountView, now: number): string => {
  const { id, site, username, state, counts, checkedAt } = account
  const age = checkedAt === null ? t('overview.notChecked') : t('overview.checked', { age: ageText(t, checkedAt, now) })
  const numbers = counts === null ? [] : [countsText(t, counts)]
  const trouble = state.kind === 'fresh' || state.kind === 'new' ? [] : [accountLine(t, account, now)]
  return `${id}  ${username}@${site.host} (${site.title}): ${[...numbers, age, ...trouble].join(' · ')}`
}
