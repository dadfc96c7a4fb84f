/** What a start of the desktop shell may ask for on its command line, besides an address (see deep-links.ts). */
export interface CommandLine {
  /** The folder to use instead of the usual one; undefined when none is named. */
  readonly profile: string | undefined
  /** Starts in the tray, without the window: for starts that nobody sees, such as at login. */
  readonly isHidden: boolean
  /** Keeps secrets in memory, as the headless shell's `--no-keychain` does: for tests and demonstrations. */
  readonly isWithoutKeychain: boolean
}

/**
 * Reads `--profile DIR`, `--profile=DIR`, `--hidden` and `--no-keychain`. Everything else belongs to Chromium, or to nobody, and is left
 * alone. Nothing behind `--` is read, because on Windows an address, and whatever hides in it, stands there.
 * @param args the arguments without the program's name
 * @returns undefined when `--profile` has no folder: the usual profile would then be the wrong one
 */
export const readCommandLine = (args: readonly string[]): CommandLine | undefined => {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const flags = { isHidden: own.includes('--hidden'), isWithoutKeychain: own.includes('--no-keychain') }
  const index = own.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='))
  const option = own[index]
  if (option === undefined) return { profile: undefined, ...flags }
  const profile = option === '--profile' ? own[index + 1] : option.slice('--profile='.length)
  return profile === undefined || profile === '' || profile.startsWith('--') ? undefined : { profile, ...flags }
}
