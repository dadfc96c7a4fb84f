import type { UtilityProcess } from 'electron'
import * as v from 'valibot'
import type { Clock } from '../../engine/ports/clock.ts'
import type { KeychainCall } from '../../engine/storage/keychain/keychain-subprocess.ts'
import { keychainAnswerSchema } from './answer-keychain-call.ts'

/** What of Electron's `UtilityProcess` is needed. */
export interface UtilityPort extends Pick<UtilityProcess, 'kill' | 'postMessage'> {
  once(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
}

/** A keychain may wait that long for its owner, in milliseconds. */
const callTimeout = 60_000

/**
 * Calls to the keychain in utility processes, one for each: what `ELECTRON_RUN_AS_NODE` would do, if our fuses did not forbid
 * that to everybody (electronjs.org/docs/api/utility-process).
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
      // Held back by Electron until the process runs.
      child.postMessage(call)
    })
