import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type CommandSpec, type OptionSpec, optionUsage, usageOf } from './command-spec.ts'
import { type CliCommandName, commands, sharedOptions } from './commands.ts'
import { nearest } from './nearest.ts'
import { listOf, type UsageReason } from './usage-reason.ts'

// Node's own `parseArgs` reads the options. commander (15) needs Node 22.12, and this runs on 20.19; citty (0.2) would
// be 20 kB for what is left to do here, and both bring their own tables and help.

/** What a command line asks for. */
export type ParsedCommandLine =
  | { readonly kind: 'help'; readonly command: CommandSpec | undefined }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run'
      readonly name: CliCommandName
      readonly words: readonly string[]
      readonly options: Readonly<Record<string, string | boolean | undefined>>
    }
  /** `command` is the one whose help says more. */
  | { readonly kind: 'mistake'; readonly reason: UsageReason; readonly command: CommandSpec | undefined }

/**
 * Reads what the user typed after the program's name. Options that every command takes may come before its name.
 * Never throws.
 */
export const parseCommandLine = (args: readonly string[]): ParsedCommandLine => {
  const at = placeOfName(args)
  const name = args[at]
  const isHelp = name === undefined || name === 'help' || isAsked(args.slice(0, at), 'help', 'h')
  if (isHelp) {
    const about = name === 'help' ? args[at + 1] : name
    const command = commands.find((one) => one.name === about)
    if (name === undefined && isAsked(args, 'version')) return { kind: 'version' }
    if (name === undefined && args.length > 0 && !isAsked(args, 'help', 'h')) return withoutCommand(args)
    return about !== undefined && command === undefined ? unknownCommand(about) : { kind: 'help', command }
  }
  const command = commands.find((one) => one.name === name)
  if (command === undefined) return unknownCommand(name)
  return readOptions(command, [...args.slice(0, at), ...args.slice(at + 1)])
}

/** The index of the first word that is neither an option nor an option's value. */
const placeOfName = (args: readonly string[]): number => {
  let at = 0
  while (at < args.length && args[at]?.startsWith('-') === true) {
    const takesNext = sharedOptions.some(({ name, value }) => value !== undefined && args[at] === `--${name}`)
    at += takesNext ? 2 : 1
  }
  return at
}

const isAsked = (args: readonly string[], name: string, short?: string): boolean =>
  args.includes(`--${name}`) || (short !== undefined && args.includes(`-${short}`))

/** Options alone do nothing; one that does not exist is said first. */
const withoutCommand = (args: readonly string[]): ParsedCommandLine => {
  const { reason } = parse(sharedOptions, args)
  return { kind: 'mistake', reason: reason ?? { name: 'commandMissing' }, command: undefined }
}

const unknownCommand = (command: string): ParsedCommandLine => {
  const names = commands.map(({ name }) => name)
  const reason = { name: 'commandUnknown', values: { command }, meant: nearest(command, names) } as const
  return { kind: 'mistake', reason, command: undefined }
}

const readOptions = (
  command: CommandSpec & { readonly name: CliCommandName },
  args: readonly string[],
): ParsedCommandLine => {
  if (isAsked(args, 'help', 'h')) return { kind: 'help', command }
  if (isAsked(args, 'version')) return { kind: 'version' }
  const { values, positionals, reason } = parse([...command.options, ...sharedOptions], args)
  const mistake = reason ?? wordsMistake(command, positionals)
  if (mistake !== undefined) return { kind: 'mistake', reason: mistake, command }
  return { kind: 'run', name: command.name, words: positionals, options: values }
}

/** Options and words, and what is wrong with the first wrong option. */
const parse = (specs: readonly OptionSpec[], args: readonly string[]) => {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    specs.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
    ]),
  )
  // Mistakes are found in the tokens: what `parseArgs` itself says of them is English.
  const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true })
  const reasons = read.tokens.map((token) => (token.kind === 'option' ? optionMistake(specs, token) : undefined))
  return {
    values: Object.fromEntries(Object.entries(read.values).filter(isSingle)),
    positionals: read.positionals,
    reason: reasons.find((reason) => reason !== undefined),
  }
}

const isSingle = (entry: [string, unknown]): entry is [string, string | boolean] =>
  typeof entry[1] === 'string' || typeof entry[1] === 'boolean'

interface OptionToken {
  readonly name: string
  /** As it was typed: `--json`, `-y`. */
  readonly rawName: string
  readonly value: string | undefined
  /** Whether its value was typed after an equals sign. */
  readonly inlineValue: boolean | undefined
}

const optionMistake = (
  specs: readonly OptionSpec[],
  { name, rawName, value, inlineValue }: OptionToken,
): UsageReason | undefined => {
  const spec = specs.find((one) => one.name === name)
  if (spec === undefined) {
    const known = specs.map((one) => `--${one.name}`)
    return { name: 'optionUnknown', values: { option: rawName }, meant: nearest(`--${name}`, known) }
  }
  if (spec.value === undefined)
    return value === undefined ? undefined : { name: 'valueTooMuch', values: { option: `--${name}` } }
  // The next option is no value, unless an equals sign says so.
  if (value === undefined || (inlineValue !== true && /^-./.test(value)))
    return { name: 'valueMissing', values: { option: optionUsage(spec) } }
  return choiceMistake(`--${name}`, value, spec.choices)
}

const wordsMistake = (command: CommandSpec, typed: readonly string[]): UsageReason | undefined => {
  const { words } = command
  const least = words.filter(({ isOptional }) => isOptional !== true).length
  const most = words.at(-1)?.isRepeated === true ? Number.POSITIVE_INFINITY : words.length
  const values = { usage: usageOf(command) }
  if (typed.length < least) return { name: 'wordMissing', values }
  if (typed.length > most) return { name: 'wordsTooMany', values }
  return words
    .map(({ name, choices }, index) => choiceMistake(`<${name}>`, typed[index], choices))
    .find((mistake) => mistake !== undefined)
}

const choiceMistake = (
  name: string,
  typed: string | undefined,
  choices: readonly string[] | undefined,
): UsageReason | undefined =>
  typed === undefined || choices === undefined || choices.includes(typed)
    ? undefined
    : { name: 'choice', values: { name, choices: listOf(choices) }, meant: nearest(typed, choices) }
