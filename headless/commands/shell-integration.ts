import type { RunCommand } from '../command-line/command-spec.ts'
import { commands, sharedOptions } from '../command-line/commands.ts'
import { completionScript, shells } from '../command-line/completion.ts'
import { manPage } from '../command-line/man-page.ts'
import { appVersion } from '../version.ts'

/** Prints the completion script for a shell. */
export const completion: RunCommand = async ({ words }) => {
  const shell = shells.find((name) => name === words[0]) ?? 'bash'
  process.stdout.write(completionScript(shell, commands, sharedOptions))
  return 0
}

/** Prints the manual page. */
export const man: RunCommand = async () => {
  process.stdout.write(manPage(appVersion))
  return 0
}
