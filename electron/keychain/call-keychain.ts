import type { UtilityProcess } from 'electron'
import * as v from 'valibot'
import type { Clock } from '../../engine/ports/clock.ts'
import type { KeychainCall } from '../../engine/storage/keychain/keychain-subprocess.ts'
import { keychainAnswerSchema } from './answer-keychain-call.ts'

/** The part of Electron's `UtilityProcess` that is used. */
export interface UtilityPort extends Pick<UtilityProcess, 'kill' | 'postMessage'> {
  once(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
}

/** How long a call may take, in milliseconds: the keychain may be waiting for the user to unlock it. */
const callTimeout = 60_000

/**
 * Makes each call to the keychain in a utility process of its own (electronjs.org/docs/api/utility-process).
 * `ELECTRON_RUN_AS_NODE` would do the same, but our fuses disable it for everybody.
 * @param fork starts `keychain-child.ts`
 */
export const createKeychainCall =
  (fork: () => UtilityPort, clock: Clock): KeychainCall =>
  (call) =>
    new Promise((resolve, reject) => {
      const child = fork()
      const silent = (): void => reject(new Error('the keychain does not answer'))
      const stopWaiting = clock.after(callTimeout, () => {
        child.kill()
        silent()
      })
      child.once('exit', () => {
        stopWaiting()
        silent()
      })
      child.once('message', (message) => {
        stopWaiting()
        const answer = v.safeParse(keychainAnswerSchema, message)
        if (!answer.success) silent()
        else if (answer.output.ok) resolve(answer.output.value)
        else reject(new Error(answer.output.message))
        child.kill()
      })
      // Electron queues it until the process runs.
      child.postMessage(call)
    })
