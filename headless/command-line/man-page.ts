import { optionUsage, usageOf } from './command-spec.ts'
import { commands, sharedOptions } from './commands.ts'
import { exitStatusTexts } from './exit-status.ts'

/**
 * The manual page in the man macros of roff (man-pages(7), groff_man(7)).
 * @param version of the program
 */
export const manPage = (version: string): string =>
  [
    `.TH DISCOURSE\\-NOTIFIER 1 "" "Discourse Notifier ${version}" "User Commands"`,
    '.SH NAME',
    'discourse\\-notifier \\- notifications from your Discourse forums',
    '.SH SYNOPSIS',
    '.B discourse\\-notifier',
    '.I command',
    '[\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    'Shows the notifications of all your Discourse forums. \\fBserve\\fR runs the notifier; the other commands talk to the one',
    'that is running on the same profile.',
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      '.TP',
      `.B ${roff(usageOf(command))}`,
      `${roff(capital(command.summary))}.`,
      ...command.words.flatMap(({ name, summary }) => ['.RS', '.TP', `.I ${roff(name)}`, roff(summary), '.RE']),
      ...command.options.flatMap((option) => [
        '.RS',
        '.TP',
        `.B ${roff(optionUsage(option))}`,
        roff(option.summary),
        '.RE',
      ]),
      '.RS',
      '.PP',
      `Example: \\fBdiscourse\\-notifier ${roff(command.example)}\\fR`,
      '.RE',
    ]),
    '.SH OPTIONS',
    'For every command:',
    ...sharedOptions.flatMap((option) => ['.TP', `.B ${roff(optionUsage(option))}`, roff(option.summary)]),
    '.SH EXIT STATUS',
    ...exitStatusTexts.flatMap(([status, text]) => ['.TP', `.B ${status}`, roff(text)]),
    '.SH FILES',
    '.TP',
    '.I \\(ti/.config/discourse\\-notifier',
    'The default profile on Linux.',
    '',
  ].join('\n')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * Escapes characters that mean something to roff: the backslash, hyphens that are to be copied, quotation marks, and a
 * leading dot.
 */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll('`', '')
    .replace(/^[.']/, '\\&$&')
