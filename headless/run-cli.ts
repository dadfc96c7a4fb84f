import { homedir } from 'node:os'
import * as path from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { defaultProfile } from '../engine/storage/profile.ts'
import type { CliCommand } from './cli-command.ts'
import { accept } from './commands/accept.ts'
import { add } from './commands/add.ts'
import { open } from './commands/open.ts'
import { pause } from './commands/pause.ts'
import { quit } from './commands/quit.ts'
import { refresh } from './commands/refresh.ts'
import { resume } from './commands/resume.ts'
import { revoke } from './commands/revoke.ts'
import { serve } from './commands/serve.ts'
import { status } from './commands/status.ts'
import { testNotification } from './commands/test-notification.ts'
import { registerHandler, unregisterHandler } from './commands/url-handler-commands.ts'
import { language, print, printFailure } from './output.ts'
import { appVersion } from './version.ts'

const commands: Readonly<Record<string, CliCommand>> = {
  serve,
  status,
  add,
  accept,
  refresh,
  open,
  pause,
  resume,
  revoke,
  'test-notification': testNotification,
  quit,
  'register-handler': registerHandler,
  'unregister-handler': unregisterHandler,
}

const shared = {
  profile: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

/**
 * Runs one command line and gives its exit status: 0, or 1 after printing a failure.
 * @param args what the user typed after the program's name
 */
export const runCli = async (args: readonly string[]): Promise<number> => {
  await language.follow('system')
  const [name = '--help', ...rest] = args
  if (name === '--help' || name === '-h' || name === 'help') return help()
  if (name === '--version') {
    print(appVersion)
    return 0
  }
  const json = rest.includes('--json')
  const failed = (reason: string): number => printFailure({ code: 'usage', params: { reason } }, json)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return failed(`There is no command “${name}”.`)
  const parsed = parse(command, rest)
  if (typeof parsed === 'string') return failed(parsed)
  const { values, positionals } = parsed
  if (values['help'] === true) return help()
  const [least, most] = command.words
  if (positionals.length < least) return failed(`Something is missing: ${command.usage}.`)
  if (positionals.length > most) return failed(`Too many words: ${command.usage}.`)
  const { profile } = values
  return await command.run({
    profile: path.resolve(
      typeof profile === 'string' ? profile : defaultProfile(process.platform, process.env, homedir()),
    ),
    json,
    words: positionals,
    options: values,
  })
}

type Parsed = {
  readonly values: Record<string, string | boolean | undefined>
  readonly positionals: readonly string[]
}

/** The options and words, or what is wrong with them. */
const parse = (command: CliCommand, args: readonly string[]): Parsed | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...shared, ...command.options },
      allowPositionals: true,
    })
    return { values: Object.fromEntries(Object.entries(values).filter(isSingle)), positionals }
  } catch (error) {
    // Node's own sentences name the option and are meant for users (ERR_PARSE_ARGS_*).
    return error instanceof Error
      ? `${error.message.split('. To specify')[0]}.`.replace(/\.\.$/, '.')
      : 'Not understood.'
  }
}

const isSingle = (entry: [string, unknown]): entry is [string, string | boolean] =>
  typeof entry[1] === 'string' || typeof entry[1] === 'boolean'

const help = (): number => {
  print('Usage: discourse-notifier <command> [--profile DIR] [--json]\n')
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length))
  for (const { usage, summary } of Object.values(commands)) {
    if (usage.length > 40) print(`  ${usage}\n  ${' '.repeat(Math.min(40, width))}  ${summary}`)
    else print(`  ${usage.padEnd(40)}  ${summary}`)
  }
  print('\n--profile DIR   where settings live; everything but the keys, which are in the keychain')
  print('--json          answers as JSON; failures as {"error":{"code","message"}} with exit status 1')
  print('--version       prints the version')
  print('--help          prints this')
  print(
    '\nThe desktop app is a program of its own. It takes --profile, --no-keychain, --version and --help too, and besides',
  )
  print('--hidden (starts in the tray) and --disable-gpu (draws without the graphics card).')
  return 0
}
