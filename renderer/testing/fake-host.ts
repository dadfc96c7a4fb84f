import type { CommandInput, CommandName, CommandResults } from '../../common/contract/commands.ts'
import type { Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import type { Clipboard, Connection, Host } from '../host/host.ts'
import { createHostStore } from '../host/host-store.ts'
import { readResult } from '../host/read-result.ts'

export interface FakeHost extends Host {
  /** Every command that was sent, in order. */
  readonly sent: readonly (readonly [CommandName, unknown])[]
  /** What the commands give back from now on; without it, success with nothing. */
  readonly answer: <Name extends CommandName>(
    name: Name,
    give: (input: CommandInput<Name>) => Result<CommandResults[Name]> | Promise<Result<CommandResults[Name]>>,
  ) => void
  /** What is on the clipboard from now on, for who may look at it, and for who asks the user. */
  readonly setClipboard: (some: Partial<Clipboard>) => void
  /** The next snapshot arrives, as a shell would tell of it: what is the same object as before is not told anew. */
  readonly push: (snapshot: Snapshot) => void
  readonly setConnection: (connection: Connection) => void
}

/** A shell whose snapshots and answers a test writes. */
export const createFakeHost = (first: Snapshot, isDesktop = false): FakeHost => {
  const store = createHostStore()
  const sent: [CommandName, unknown][] = []
  const answers = new Map<CommandName, (input: never) => unknown>()
  let last = first
  let clipboard: Clipboard = { look: async () => null }
  store.accept(snapshotUpdate(null, first))
  return {
    isDesktop,
    get clipboard() {
      return clipboard
    },
    setClipboard: (some) => {
      clipboard = { ...clipboard, ...some }
    },
    getState: store.getState,
    subscribe: store.subscribe,
    sent,
    answer: (name, give) => void answers.set(name, give),
    push: (snapshot) => {
      const next = { ...snapshot, revision: last.revision + 1 }
      store.accept(snapshotUpdate(last, next))
      last = next
    },
    setConnection: store.setConnection,
    execute: async <Name extends CommandName>(name: Name, input: CommandInput<Name>) => {
      sent.push([name, input])
      // `answer` pairs each name with a function of that name's input.
      const give = answers.get(name) as ((input: CommandInput<Name>) => unknown) | undefined
      return readResult<Name>(give === undefined ? { ok: true, value: null } : await give(input))
    },
  }
}
