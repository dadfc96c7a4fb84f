import * as path from 'node:path'
import type { Log, LogParams } from '../ports/log.ts'

/** The event in the log. */
const crashEvent = 'crash'

export interface CrashWatchOptions {
  readonly log: Log
  /** Tells the user, and begins to end the program in order. Called once. */
  readonly end: () => void
  /** Ends the program at once, as a failure, unless it has ended in order meanwhile. */
  readonly endNow: () => void
}

/** How long the program may take to end in order after such an error, in milliseconds. */
const longestEnd = 3000

/**
 * Watches for errors that nobody caught and rejections that nobody handled, after which the state of the program is
 * unknown (Node.js, “Warning: Using 'uncaughtException' correctly”). The first is logged and ends the program; a second
 * one, or an end that takes too long, ends it at once.
 * @returns a function to call with an error that was caught and is as bad
 */
export const watchForCrash = ({ log, end, endNow }: CrashWatchOptions): ((error: unknown) => void) => {
  let hasCrashed = false
  const onCrash = (error: unknown): void => {
    log('error', crashEvent, crashParams(error))
    if (hasCrashed) endNow()
    else {
      hasCrashed = true
      // Telling the user fails where the terminal has gone; that must not count as the second error.
      process.stderr.on('error', () => undefined)
      setTimeout(endNow, longestEnd).unref()
      end()
    }
  }
  process.on('uncaughtException', onCrash)
  // Node turns these into uncaught exceptions by default, Electron only prints them.
  process.on('unhandledRejection', onCrash)
  return onCrash
}

/**
 * What may be logged of an error: its kind, and the places in our code that it went through. Not its message, which may
 * be somebody's text or hold an address.
 */
export const crashParams = (error: unknown): LogParams => {
  if (!(error instanceof Error)) return { code: 'internal', kind: typeof error }
  const { code } = error as NodeJS.ErrnoException
  // The stack begins with the message, whose lines may look like places.
  const [, ...afterMessage] = (error.stack ?? '').split(error.message === '' ? '\n' : error.message)
  const places = [...afterMessage.join().matchAll(/^\s+at .*?([^\s(]+:\d+:\d+)\)?$/gm)].slice(0, mostPlaces)
  return {
    code: 'internal',
    kind: /^\w{1,40}$/.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? { reason: code } : {}),
    places: places.map(([, place = '']) => path.basename(place)).join(' '),
  }
}

const mostPlaces = 6
