import type { Failure } from '../common/contract/failure.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { createLanguage } from '../engine/preferences/language.ts'
import { exitStatus } from './command-line/exit-status.ts'

/**
 * The system's language (`LC_ALL`, `LC_MESSAGES`, `LANG`), unless the settings say otherwise. It is read from plural
 * rules, which a short command needs anyway: 0.2 ms, while formats of dates and numbers take 12 and 20.
 */
export const language = createLanguage(() => [new Intl.PluralRules().resolvedOptions().locale])

/** Text for the command line. */
export const { t } = language

/** Prints a line for people and programs alike. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Prints one JSON value on one line. */
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/**
 * Prints a failure: a sentence on standard error, or where JSON was asked for `{"error":{"code","message"}}` on standard
 * output.
 * @returns the exit status
 */
export const printFailure = (failure: Failure, json: boolean): number => {
  const message = failureSentence(t, failure)
  if (json) printJson({ error: { code: failure.code, message } })
  else process.stderr.write(`discourse-notifier: ${message}\n`)
  if (failure.code === 'usage') return exitStatus.usage
  return failure.code === 'not_running' ? exitStatus.notRunning : exitStatus.failed
}
