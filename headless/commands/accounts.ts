import type { RunCommand } from '../command-line/command-spec.ts'
import { oneLine } from '../command-line/terminal.ts'
import { accountName, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson } from '../output.ts'

/** Prints the name of every account, for shell completion. */
export const accounts: RunCommand = async ({ profile, json }) => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const names = snapshot.value.accounts.map(accountName)
  if (json) printJson(names)
  else for (const name of names) print(oneLine(name))
  return 0
}
