import { type CommandSpec, optionUsage, usageOf } from './command-spec.ts'
import { commands, sharedOptions } from './commands.ts'
import { exitStatusTexts } from './exit-status.ts'
import { wrap } from './terminal.ts'

/** The most characters of a line, so that help can be read in a wide terminal too; and the fewest that it is made for. */
const widest = 80
const narrowest = 40

/**
 * What `--help` prints, for one command or for all.
 * @param columns of the terminal; may be infinite
 */
export const helpText = (command: CommandSpec | undefined, columns: number): string => {
  const width = Math.max(narrowest, Math.min(widest, columns))
  return (command === undefined ? overview(width) : commandHelp(command, width)).join('\n')
}

const overview = (width: number): readonly string[] => [
  'Usage: discourse-notifier <command> [options]',
  '',
  ...table(
    commands.map((command) => [usageOf(command), command.summary]),
    width,
  ),
  '',
  'Global options:',
  ...table(
    sharedOptions.map((option) => [optionUsage(option), option.summary]),
    width,
  ),
  '',
  'Exit status:',
  ...table(
    exitStatusTexts.map(([status, text]) => [String(status), text]),
    width,
  ),
  '',
  ...wrap(
    '“discourse-notifier help <command>” describes one command. Where the desktop app is installed, “discourse-notifier” without a command starts it.',
    width,
  ),
]

const commandHelp = (command: CommandSpec, width: number): readonly string[] => [
  `Usage: discourse-notifier ${usageOf(command)}${command.options.length > 0 ? ' [options]' : ''}`,
  '',
  ...wrap(`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`, width),
  ...section(
    'Arguments:',
    command.words.map(({ name, summary }) => [name, summary]),
    width,
  ),
  ...section(
    'Options:',
    command.options.map((option) => [optionUsage(option), option.summary]),
    width,
  ),
  ...section(
    'Global options:',
    sharedOptions.map((option) => [optionUsage(option), option.summary]),
    width,
  ),
  '',
  `Example: discourse-notifier ${command.example}`,
]

const section = (title: string, rows: Rows, width: number): readonly string[] =>
  rows.length === 0 ? [] : ['', title, ...table(rows, width)]

type Rows = readonly (readonly [string, string])[]

/** Two columns; a left cell that is too long has its right one below it. */
const table = (rows: Rows, width: number): readonly string[] => {
  // Beside a column of names there would be no room for words.
  const most = width < 60 ? 2 : 26
  const left = Math.min(most, Math.max(...rows.map(([cell]) => cell.length)))
  return rows.flatMap(([cell, text]) => {
    const [first = '', ...rest] = wrap(text, width - left - 4)
    const indent = ' '.repeat(left + 4)
    const head = cell.length > left ? [`  ${cell}`, `${indent}${first}`] : [`  ${cell.padEnd(left)}  ${first}`]
    return [...head, ...rest.map((line) => `${indent}${line}`)]
  })
}
