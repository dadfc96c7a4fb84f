import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { readAccount } from './account-command.ts'

/** Moves an account to its forum's new address. By naming the host the user agrees that its key is tried there. */
export const move: RunCommand = async ({ profile, json, words }) => {
  const [word = '', host = ''] = words
  const account = await readAccount(profile, word)
  if (!account.ok) return printFailure(account.failure, json)
  const { id, site, username } = account.value
  const moved = await askInstance(profile, { call: 'command', name: 'account.move', input: { account: id, host } })
  if (!moved.ok) return printFailure(moved.failure, json)
  if (json) printJson({ moved: id, host })
  else print(t('cli.moved', { title: site.title, username, host }))
  return exitStatus.ok
}
