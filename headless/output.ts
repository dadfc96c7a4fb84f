import type { Failure } from '../common/contract/failure.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { createLanguage } from '../engine/preferences/language.ts'

/** The system's language (`LC_ALL`, `LC_MESSAGES`, `LANG`), until settings say something else. */
export const language = createLanguage(() => [new Intl.DateTimeFormat().resolvedOptions().locale])

/** Text for the command line. */
export const { t } = language

/** Prints a line for people and programs alike. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Prints one JSON value on one line. */
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/**
 * Prints a failure: for people a sentence on standard error; for programs `{"error":{"code","message"}}` on standard
 * output, which is when `json` was asked for or nobody is at a terminal.
 * @returns the exit status, 1
 */
export const printFailure = (failure: Failure, json: boolean): number => {
  const message = failureSentence(t, failure)
  if (json || !process.stdout.isTTY) printJson({ error: { code: failure.code, message } })
  else process.stderr.write(`discourse-notifier: ${message}\n`)
  return 1
}
