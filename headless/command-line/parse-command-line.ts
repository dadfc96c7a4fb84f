import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type CommandSpec, type OptionSpec, optionUsage, usageOf } from './command-spec.ts'
import { type CliCommandName, commands, sharedOptions } from './commands.ts'

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
  /** `reason` is for the user; `command` is the one whose help says more. */
  | { readonly kind: 'mistake'; readonly reason: string; readonly command: CommandSpec | undefined }

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
  const parsed = parse(sharedOptions, args)
  const reason = typeof parsed === 'string' ? parsed : 'A command is missing, such as “status”.'
  return { kind: 'mistake', reason, command: undefined }
}

const unknownCommand = (name: string): ParsedCommandLine => ({
  kind: 'mistake',
  reason: `There is no command “${name}”.${suggestion(
    name,
    commands.map((command) => command.name),
  )}`,
  command: undefined,
})

const readOptions = (command: CommandSpec & { readonly name: CliCommandName }, args: readonly string[]) => {
  const specs = [...command.options, ...sharedOptions]
  const mistake = (reason: string): ParsedCommandLine => ({ kind: 'mistake', reason, command })
  if (isAsked(args, 'help', 'h')) return { kind: 'help', command } as const
  if (isAsked(args, 'version')) return { kind: 'version' } as const
  const parsed = parse(specs, args)
  if (typeof parsed === 'string') return mistake(parsed)
  const { values, positionals } = parsed
  for (const { name, choices } of specs) {
    const value = values[name]
    if (typeof value === 'string' && choices?.includes(value) === false)
      return mistake(`The option --${name} takes ${either(choices)}.${suggestion(value, choices)}`)
  }
  const least = command.words.filter(({ isOptional }) => isOptional !== true).length
  if (positionals.length < least) return mistake(`Something is missing: ${usageOf(command)}.`)
  const isOpenEnded = command.words.at(-1)?.isRepeated === true
  if (!isOpenEnded && positionals.length > command.words.length) return mistake(`Too many words: ${usageOf(command)}.`)
  for (const [index, { name, choices }] of command.words.entries()) {
    const word = positionals[index]
    if (word !== undefined && choices?.includes(word) === false)
      return mistake(`<${name}> is ${either(choices)}.${suggestion(word, choices)}`)
  }
  return { kind: 'run', name: command.name, words: positionals, options: values } as const
}

/** Options and words, or what is wrong with them. */
const parse = (specs: readonly OptionSpec[], args: readonly string[]) => {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    specs.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { values: Object.fromEntries(Object.entries(values).filter(isSingle)), positionals }
  } catch (error) {
    return parseMistake(error, specs, args)
  }
}

const isSingle = (entry: [string, unknown]): entry is [string, string | boolean] =>
  typeof entry[1] === 'string' || typeof entry[1] === 'boolean'

/** Words for what `parseArgs` throws (nodejs.org/api/util.html, ERR_PARSE_ARGS_*). */
const parseMistake = (error: unknown, specs: readonly OptionSpec[], args: readonly string[]): string => {
  const known = specs.map(({ name }) => `--${name}`)
  const unknown = args.find((arg) => /^--[\w-]+/.test(arg) && !known.includes(arg.split('=')[0] ?? ''))?.split('=')[0]
  if (unknown !== undefined) return `There is no option ${unknown}.${suggestion(unknown, known)}`
  const letter = error instanceof Error ? /^Unknown option '-([^'-])'/.exec(error.message)?.[1] : undefined
  if (letter !== undefined) return `There is no option -${letter}.${suggestion(`--${letter}`, known)}`
  const unusable = specs.find(({ name }) => error instanceof Error && error.message.includes(`--${name}`))
  if (unusable === undefined) return 'The options could not be understood.'
  return unusable.value === undefined
    ? `The option --${unusable.name} takes no value.`
    : `A value is missing: ${optionUsage(unusable)}.`
}

const either = (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`

/** “ Did you mean …?” when one of the words is near enough to what was typed; empty otherwise. */
const suggestion = (typed: string, words: readonly string[]): string => {
  const near = words
    .map((word) => ({ word, edits: editDistance(typed.toLowerCase(), word) }))
    .filter(({ word, edits }) => edits <= (word.length < 4 ? 1 : 2) || word.startsWith(typed))
    // Words that only have to be completed come before words that would have to be corrected.
    .toSorted((a, b) => Number(b.word.startsWith(typed)) - Number(a.word.startsWith(typed)) || a.edits - b.edits)
  return near[0] === undefined ? '' : ` Did you mean “${near[0].word}”?`
}

/** How many letters have to be inserted, removed or changed (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const next = [row + 1]
    for (const [column, other] of [...b].entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      )
    }
    previous = next
  }
  return previous[b.length] ?? 0
}
