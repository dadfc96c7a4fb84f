import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Resolves when a process has ended; at once when it already has, for its `exit` event does not come again. */
export const whenEnded = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
