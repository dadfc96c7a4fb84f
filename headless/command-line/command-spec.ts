/** What a command line gives a command. */
export interface CliInput {
  readonly profile: string
  readonly json: boolean
  /** Whether standard output may have colours. */
  readonly hasColor: boolean
  /** The words after the command's name, without options. */
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
}

/** Runs a command and gives the exit status (exit-status.ts). */
export type RunCommand = (input: CliInput) => Promise<number>

/** An option of a command, or of all of them. */
export interface OptionSpec {
  readonly name: string
  readonly short?: string
  /** The name of its value, as the help shows it; without one the option is a switch. */
  readonly value?: string
  /** All values it may have. */
  readonly choices?: readonly string[]
  /** Values that a shell suggests, among others. */
  readonly suggests?: readonly string[]
  readonly completes?: 'files' | 'folders' | 'accounts'
  readonly summary: string
}

/** A word of a command line that is not an option. */
export interface WordSpec {
  readonly name: string
  readonly isOptional?: boolean
  /** Whether it may be repeated; only the last word may. */
  readonly isRepeated?: boolean
  /** All values it may have. */
  readonly choices?: readonly string[]
  /** Values that a shell suggests, among others. */
  readonly suggests?: readonly string[]
  readonly completes?: 'accounts'
  readonly summary: string
}

/** One command: everything that the parser, help, completion, man page and documents say about it. */
export interface CommandSpec {
  readonly name: string
  /** One line, as part of a sentence: without a capital and a full stop. */
  readonly summary: string
  readonly words: readonly WordSpec[]
  readonly options: readonly OptionSpec[]
  /** What to type after the program's name. */
  readonly example: string
}

/** How a command is called, without its options: `refresh [account]`. */
export const usageOf = ({ name, words }: CommandSpec): string => [name, ...words.map(wordUsage)].join(' ')

const wordUsage = ({ name, isOptional, isRepeated }: WordSpec): string => {
  const word = isRepeated === true ? `${name}...` : name
  return isOptional === true ? `[${word}]` : `<${word}>`
}

/** An option as it is typed: `--port N`, `-h, --help`. */
export const optionUsage = ({ name, short, value }: OptionSpec): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
