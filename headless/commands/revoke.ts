import { createInterface } from 'node:readline/promises'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { readAccount, runForAccount } from './account-command.ts'

/** Revokes an account's access on the forum, then removes the account. At a terminal it asks first. */
export const revoke: RunCommand = async ({ profile, json, words, options }) => {
  const isHereOnly = options['here-only'] === true
  const account = await readAccount(profile, words[0] ?? '')
  if (!account.ok) return printFailure(account.failure, json)
  const { id, site, username } = account.value
  const named = { title: site.title, username }
  const isAsked = process.stdin.isTTY && process.stdout.isTTY && options['yes'] !== true && !json
  if (isAsked && !(await isConfirmed(t('cli.confirmRevoke', named)))) {
    print(t('cli.unchanged'))
    return exitStatus.failed
  }
  const failed = await runForAccount(isHereOnly ? 'account.forget' : 'account.revoke', profile, account.value, json)
  if (failed !== undefined) return failed
  if (json) printJson({ [isHereOnly ? 'forgotten' : 'revoked']: id })
  else print(t(isHereOnly ? 'cli.forgotten' : 'cli.revoked', named))
  return exitStatus.ok
}

/** Anything but “y” and “yes” means no. */
const isConfirmed = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C and the end of input mean no, and leave the cursor behind the question.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('\n')))
  const answer = await Promise.race([terminal.question(question), ended])
  if (answer === '\n') print('')
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}
