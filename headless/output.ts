import type { Failure } from '../common/contract/failure.ts'
import { unprintable } from '../common/contract/unprintable.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { createLanguage } from '../engine/preferences/language.ts'
import { exitStatus } from './command-line/exit-status.ts'
import { oneLine } from './command-line/terminal.ts'

/**
 * The system's language (`LC_ALL`, `LC_MESSAGES`, `LANG`), unless the settings say otherwise. It is read from plural
 * rules, which a short command needs anyway: 0.2 ms, while formats of dates and numbers take 12 and 20.
 */
export const language = createLanguage(() => [new Intl.PluralRules().resolvedOptions().locale])

/** Text for the command line. */
export const { t } = language

/** Prints a line for people and programs alike. */
export const print = (line: string): void => {
  process.stdout.write(`${printable(line)}\n`)
}

/**
 * Prints one JSON value on one line. What a terminal would obey and JSON leaves as it is, such as U+009B, is escaped
 * (RFC 8259, section 7, allows that of any character).
 */
export const printJson = (value: unknown): void => {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  process.stdout.write(`${JSON.stringify(value).replace(allUnprintable, escaped)}\n`)
}

const allUnprintable = new RegExp(unprintable, 'gu')
/** Our own colours and line breaks, or a character that no text may have. */
const colorOrUnprintable = new RegExp(`\u001b\\[\\d+m|\n|${unprintable.source}`, 'gu')

/**
 * The last barrier before the terminal: outside text has been cleaned where it was read, and put on one line where it
 * was made into one.
 */
const printable = (text: string): string =>
  text.replace(colorOrUnprintable, (found) => (found === '\n' || found.length > 1 ? found : ''))

/**
 * Prints a failure: a sentence on standard error, or where JSON was asked for `{"error":{"code","message"}}` on standard
 * output.
 * @param message where the failure's own sentence would not be true
 * @returns the exit status
 */
export const printFailure = (failure: Failure, json: boolean, message = failureSentence(t, failure)): number => {
  if (json) printJson({ error: { code: failure.code, message } })
  else process.stderr.write(`discourse-notifier: ${oneLine(message)}\n`)
  if (failure.code === 'usage') return exitStatus.usage
  return failure.code === 'not_running' ? exitStatus.notRunning : exitStatus.failed
}
