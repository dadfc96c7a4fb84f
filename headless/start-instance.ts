import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { connectTo } from '../engine/control/call-instance.ts'
import { controlPath } from '../engine/control/control-path.ts'
import { ownCommand } from './own-command.ts'

/** How long a start may take, and the time between two checks for it, in milliseconds. */
const startTimeout = 20_000
const pause = 100

/**
 * Starts the notifier on a profile as a separate process, which opens its page, and waits until it answers.
 * @returns whether it does
 */
export const startInstance = async (profile: string): Promise<boolean> => {
  const [program, ...script] = ownCommand()
  const child = spawn(program, [...script, 'serve', '--profile', profile], { detached: true, stdio: 'ignore' })
  child.unref()
  const end = performance.now() + startTimeout
  while (performance.now() < end && child.exitCode === null) {
    const socket = await connectTo(controlPath(profile))
    socket?.destroy()
    if (socket !== undefined) return true
    await delay(pause)
  }
  return false
}
