import { type CommandSpec, optionUsage, usageOf } from './command-spec.ts'
import { commands, sharedOptions } from './commands.ts'
import { exitStatusTexts } from './exit-status.ts'

/** The most characters of a line, so that help fits the narrowest common terminals. */
const width = 80

/** What `--help` prints, for one command or for all. */
export const helpText = (command: CommandSpec | undefined): string =>
  (command === undefined ? overview() : commandHelp(command)).join('\n')

const overview = (): readonly string[] => [
  'Usage: discourse-notifier <command> [options]',
  '',
  ...table(commands.map((command) => [usageOf(command), command.summary])),
  '',
  'Global options:',
  ...table(sharedOptions.map((option) => [optionUsage(option), option.summary])),
  '',
  'Exit status:',
  ...table(exitStatusTexts.map(([status, text]) => [String(status), text])),
  '',
  '“discourse-notifier help <command>” describes one command. Where the desktop',
  'app is installed, “discourse-notifier” without a command starts it.',
]

const commandHelp = (command: CommandSpec): readonly string[] => [
  `Usage: discourse-notifier ${usageOf(command)}${command.options.length > 0 ? ' [options]' : ''}`,
  '',
  ...wrap(`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`, width),
  ...section(
    'Arguments:',
    command.words.map(({ name, summary }) => [name, summary]),
  ),
  ...section(
    'Options:',
    command.options.map((option) => [optionUsage(option), option.summary]),
  ),
  ...section(
    'Global options:',
    sharedOptions.map((option) => [optionUsage(option), option.summary]),
  ),
  '',
  `Example: discourse-notifier ${command.example}`,
]

const section = (title: string, rows: readonly (readonly [string, string])[]): readonly string[] =>
  rows.length === 0 ? [] : ['', title, ...table(rows)]

/** Two columns; a left cell that is too long has its right one below it. */
const table = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const left = Math.min(26, Math.max(...rows.map(([cell]) => cell.length)))
  return rows.flatMap(([cell, text]) => {
    const [first = '', ...rest] = wrap(text, width - left - 4)
    const indent = ' '.repeat(left + 4)
    const head = cell.length > left ? [`  ${cell}`, `${indent}${first}`] : [`  ${cell.padEnd(left)}  ${first}`]
    return [...head, ...rest.map((line) => `${indent}${line}`)]
  })
}

const wrap = (text: string, length: number): readonly string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > length) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
