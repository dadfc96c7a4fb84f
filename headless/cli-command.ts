import type { ParseArgsConfig } from 'node:util'

/** What a command line gives a command. */
export interface CliInput {
  readonly profile: string
  readonly json: boolean
  /** What stands after the command's name, without options. */
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
}

/** One command of the command line. */
export interface CliCommand {
  /** Its arguments, as the help shows them. */
  readonly usage: string
  readonly summary: string
  /** How many words it takes. */
  readonly words: readonly [least: number, most: number]
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Gives the exit status. */
  run(input: CliInput): Promise<number>
}
