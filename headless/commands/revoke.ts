import type { CliCommand } from '../cli-command.ts'
import { print, printJson, t } from '../output.ts'
import { runForAccount } from './account-command.ts'

/** Takes an account's access back on the forum, then forgets the account. */
export const revoke: CliCommand = {
  usage: 'revoke <account> [--json]',
  summary: 'takes the access back on the forum, then forgets the account; name it by id, user, host or user@host',
  words: [1, 1],
  options: {},
  run: async ({ profile, json, words }) => {
    const account = await runForAccount('account.revoke', profile, words[0] ?? '', json)
    if (typeof account === 'number') return account
    if (json) printJson({ revoked: account.id })
    else print(t('cli.revoked', { title: account.site.title, username: account.username }))
    return 0
  },
}
