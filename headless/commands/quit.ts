import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import { errorCode } from '../../engine/parsing/error-code.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance, readValue } from '../instance.ts'
import { printFailure, printJson } from '../output.ts'

const quittingSchema = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)) })

/** The longest to wait for the instance's end, and the time between two checks for it, in milliseconds. */
const endTimeout = 30_000
const pause = 50

/**
 * Ends the running instance and waits for the end of its process: the control socket is gone before the last file is
 * written, by Chromium in particular, and a script may move the profile next.
 */
export const quit: RunCommand = async ({ profile, json }) => {
  const answer = await askInstance(profile, { call: 'quit' })
  if (!answer.ok) return printFailure(answer.failure, json)
  // Older versions do not say which process they are.
  const quitting = readValue(quittingSchema, answer.value)
  const end = performance.now() + endTimeout
  while (quitting.ok && isRunning(quitting.value.pid) && performance.now() < end) await delay(pause)
  if (json) printJson({ quit: true })
  return exitStatus.ok
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // The process of another user is there, but cannot be signalled.
    return errorCode(error) === 'EPERM'
  }
  return process.platform !== 'linux' || !hasEnded(pid)
}

/** Whether a process is there only because its parent has not asked how it ended (proc_pid_stat(5), “state”). */
const hasEnded = (pid: number): boolean => {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return true
  }
}
