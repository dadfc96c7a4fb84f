import { ok, type Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import type { ControlHandler, ControlStream } from './claim-profile.ts'
import type { ControlCall } from './control-protocol.ts'

/** The engine, as far as the command line may use it. */
export interface ControlledEngine {
  readonly snapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly execute: (name: unknown, input: unknown) => Promise<Result<unknown>>
  readonly begin: (address: string, method: SignInMethod | undefined) => Promise<Result<unknown>>
}

export interface AnswerControlOptions {
  readonly engine: ControlledEngine
  /** Shows the user interface. Gives the address of its page; null where it is a window, which no browser could open. */
  readonly show: () => string | null
  /** Opens a fresh page in the browser; left out where `show` does all there is to do. Resolves with whether it could. */
  readonly openPage?: () => Promise<boolean>
  readonly quit: () => void
}

/** Makes the function that answers the command line, and another shell started on the same profile. */
export const createAnswerControl =
  ({ engine, show, openPage, quit }: AnswerControlOptions): ControlHandler =>
  async (call: ControlCall): Promise<Result<unknown> | ControlStream> => {
    switch (call.call) {
      case 'snapshot':
        return ok(engine.snapshot())
      case 'show':
        return ok({ url: show() })
      case 'open': {
        // With an address, the page could not be opened; whoever asks can show it.
        const isOpened = (await openPage?.()) ?? false
        return ok({ url: isOpened ? null : show() })
      }
      case 'command':
        return await engine.execute(call.name, call.input)
      case 'begin':
        return await engine.begin(call.address, call.method)
      case 'watch':
        return watchSnapshots(engine)
      case 'quit':
        // After the answer has left.
        setImmediate(quit)
        return ok(null)
    }
  }

/** Each change as an update to the snapshot that was sent before it; several that were not sent come in one. */
const watchSnapshots = ({ snapshot, subscribe }: ControlledEngine): ControlStream => {
  let sent: Snapshot | null = null
  return {
    subscribe,
    next: () => {
      const present = snapshot()
      if (present === sent) return undefined
      const update = snapshotUpdate(sent, present)
      sent = present
      return update
    },
  }
}
