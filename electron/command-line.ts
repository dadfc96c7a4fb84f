import { isDiscourseUrl } from '../engine/discourse/parse-authorization-response.ts'

/** What a start may ask for: check all forums now, add one, or toggle the window. */
export const startActions = ['check', 'add', 'toggle'] as const

export type StartAction = (typeof startActions)[number]

/** What a start of the desktop shell may ask for on its command line, besides an address (see deep-links.ts). */
export interface CommandLine {
  /** Something to print instead of starting. */
  readonly prints: 'version' | 'help' | undefined
  /** The profile folder to use instead of the default one; undefined when none is named. */
  readonly profile: string | undefined
  /** Starts in the tray, without the window: for starts that nobody sees, such as at login. */
  readonly isHidden: boolean
  /** An action to perform, in this instance or in the one that is already running. */
  readonly action: StartAction | undefined
  /** Keeps secrets in memory, as the headless shell's `--no-keychain` does: for tests and demonstrations. */
  readonly isWithoutKeychain: boolean
}

/** What `--help` prints. */
export const helpText = `Discourse Notifier shows the notifications of all your Discourse forums in the tray.

--profile DIR   the folder for settings and state; keys are kept in the keychain
--hidden        start in the tray, without the window
--check         check all forums now, even if the app is already running
--add           open the window to add a forum
--toggle        open the window, or hide it if it has the focus: for a keyboard shortcut of your desktop
--no-keychain   keep keys in memory until the app quits
--disable-gpu   draw without the graphics card, if its driver causes trouble
--version       print the version
--help          print this help

The same program also has commands for the terminal, such as status and list: discourse-notifier help`

/** A forum's answer has some 800 bytes, and stands beside a profile's path. */
const mostArgumentBytes = 8 * 1024

/**
 * Whether these arguments are too long for the message that passes them on: with 60 kB, as in a web page's link, Chromium may
 * close the connection, and kill the running instance for its silence (process_singleton_posix.cc).
 */
export const areTooLong = (args: readonly string[]): boolean =>
  args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0) > mostArgumentBytes

/** Options that may precede a command's name; any others there are for Chromium. */
const beforeCommands = ['--profile', '--color', '--json']

/**
 * Finds a command for the terminal, which begins with a plain word: `status`, `list --unread`. An unknown word counts
 * too, so that the command line can suggest what was meant. Addresses, and anything after `--`, do not count.
 * @param args the arguments without the program's name
 * @returns the command with its arguments, or undefined when the desktop app should start
 */
export const findCommand = (args: readonly string[]): readonly string[] | undefined => {
  let at = 0
  const before: string[] = []
  while (args[at]?.startsWith('-') === true && args[at] !== '--') {
    const option = args[at] ?? ''
    const takesNext = option === '--profile' || option === '--color'
    if (beforeCommands.some((known) => option === known || option.startsWith(`${known}=`)))
      before.push(...args.slice(at, at + (takesNext ? 2 : 1)))
    at += takesNext ? 2 : 1
  }
  const isCommand = /^[a-z][a-z-]*$/.test(args[at] ?? '')
  return isCommand ? [...before, ...args.slice(at)] : undefined
}

/**
 * Reads `--profile DIR`, `--profile=DIR`, `--hidden`, `--check`, `--add`, `--toggle`, `--no-keychain`, `--version` and
 * `--help`. Everything else, such as `--disable-gpu`, is for Chromium or unknown, and is ignored. Nothing after `--` is
 * read, because on Windows that is where an address arrives, with whatever may be hidden in it.
 * @param args the arguments without the program's name
 * @returns undefined when `--profile` names no folder: falling back to the default profile would be wrong
 */
export const readCommandLine = (args: readonly string[]): CommandLine | undefined => {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const has = (flag: string): boolean => own.includes(flag)
  const prints = has('--help') ? ('help' as const) : has('--version') ? ('version' as const) : undefined
  const action = startActions.findLast((name) => has(`--${name}`))
  const flags = { prints, action, isHidden: has('--hidden'), isWithoutKeychain: has('--no-keychain') }
  const index = own.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='))
  const option = own[index]
  if (option === undefined) return { profile: undefined, ...flags }
  const profile = option === '--profile' ? own[index + 1] : option.slice('--profile='.length)
  return profile === undefined || profile === '' || profile.startsWith('--') ? undefined : { profile, ...flags }
}

/** The arguments to restart this program as it was started, without those meant for that one start only. */
export const restartArguments = (args: readonly string[]): readonly string[] => {
  const guard = args.indexOf('--open-url')
  const own = guard < 0 ? args : args.slice(0, guard)
  return own.filter((arg) => !isDiscourseUrl(arg) && !startActions.some((name) => arg === `--${name}`))
}
