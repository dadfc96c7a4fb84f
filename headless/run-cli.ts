import { homedir } from 'node:os'
import { defaultProfile, wholePath } from '../engine/storage/profile.ts'
import { helpText } from './command-line/help.ts'
import { loadCommand } from './command-line/load-command.ts'
import { parseCommandLine } from './command-line/parse-command-line.ts'
import { lineWidth, mayHaveColor } from './command-line/terminal.ts'
import { usageFailure } from './command-line/usage-reason.ts'
import { language, print, printFailure } from './output.ts'
import { appVersion } from './version.ts'

/**
 * Runs one command line and gives its exit status (command-line/exit-status.ts).
 * @param args what the user typed after the program's name
 */
export const runCli = async (args: readonly string[]): Promise<number> => {
  await language.follow('system')
  const parsed = parseCommandLine(args)
  switch (parsed.kind) {
    case 'help':
      print(helpText(parsed.command, lineWidth()))
      return 0
    case 'version':
      print(appVersion)
      return 0
    case 'mistake': {
      const { reason, command } = parsed
      const help = command === undefined ? '--help' : `${command.name} --help`
      return printFailure(usageFailure(reason, help), args.includes('--json'))
    }
    case 'run': {
      const { name, words, options } = parsed
      const json = options['json'] === true
      const named = options['profile'] ?? defaultProfile(process.platform, process.env, homedir())
      const profile = wholePath(String(named))
      if (!profile.ok) return printFailure(profile.failure, json)
      const run = await loadCommand(name)
      return await run({
        profile: profile.value,
        json,
        hasColor: mayHaveColor(options['color'], process.env, process.stdout.isTTY),
        words,
        options,
      })
    }
  }
}
