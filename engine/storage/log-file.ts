import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import * as path from 'node:path'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { redact } from './redact.ts'

export interface LogFileOptions {
  /** Made when something is written first. */
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  /** The most bytes of one of the two files. */
  readonly most?: number
}

/**
 * A log of one JSON object a line in two files: a full one becomes the older one, and a new one begins. Lines are written at
 * once, so that a crash loses none. Where the folder cannot be written there is no log, and nothing else suffers.
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
    appendFileSync(file, line, { mode: 0o600 })
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
      // Nothing depends on it; the next event is tried again, from what is then there.
      size = undefined
    }
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
