import type { RunCommand } from '../command-line/command-spec.ts'
import { print, printJson, t } from '../output.ts'
import { runForAccount } from './account-command.ts'

/** Takes an account's access back on the forum, then forgets the account. */
export const revoke: RunCommand = async ({ profile, json, words, options }) => {
  const isHereOnly = options['here-only'] === true
  const account = await runForAccount(isHereOnly ? 'account.forget' : 'account.revoke', profile, words[0] ?? '', json)
  if (typeof account === 'number') return account
  if (json) printJson({ [isHereOnly ? 'forgotten' : 'revoked']: account.id })
  else print(t(isHereOnly ? 'cli.forgotten' : 'cli.revoked', { title: account.site.title, username: account.username }))
  return 0
}
