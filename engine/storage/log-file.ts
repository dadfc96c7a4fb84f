import { appendFileSync, closeSync, constants, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import * as path from 'node:path'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { redact } from './redact.ts'

export interface LogFileOptions {
  /** Created on the first write. */
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  /** The maximum size of each of the two files, in bytes. */
  readonly most?: number
}

/**
 * A log with one JSON object per line, rotated over two files: a full file replaces the older one, and a new one
 * begins. Lines are written synchronously, so that a crash loses none. If the folder is not writable there is no log,
 * and nothing else is affected.
 */
export const openLogFile = ({ folder, clock, most = 2 ** 20 }: LogFileOptions): Log => {
  const file = path.join(folder, 'notifier.log')
  const older = path.join(folder, 'notifier.1.log')
  let size: number | undefined

  const write = (line: string): void => {
    const length = Buffer.byteLength(line)
    size ??= sizeOf(file)
    if (size > 0 && size + length > most) {
      renameSync(file, older)
      size = 0
    }
    const descriptor = openSync(file, append, 0o600)
    try {
      appendFileSync(descriptor, line)
    } finally {
      closeSync(descriptor)
    }
    size += length
  }

  return (level, event, params = {}) => {
    const safe = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value).slice(0, 500) : value,
    ])
    const at = new Date(clock.now()).toISOString()
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      write(`${JSON.stringify({ at, level, event, ...Object.fromEntries(safe) })}\n`)
    } catch {
      // Nothing depends on the log. The next event tries again, with the file as it is then.
      size = undefined
    }
  }
}

/** Without waiting for somebody to read a pipe in the log's place; Windows has no such flag, and no such pipes. */
const append = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
