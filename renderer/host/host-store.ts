import * as v from 'valibot'
import { snapshotSchema } from '../../common/snapshot.ts'
import type { Connection, Host, HostState } from './host.ts'

export interface HostStore extends Pick<Host, 'getState' | 'subscribe'> {
  /** A new connection begins: its snapshots count from anew, because the shell may have been started anew. */
  readonly begin: () => void
  /** Takes what arrived; leaves aside what cannot be read and what is older than what is shown. */
  readonly accept: (candidate: unknown) => void
  readonly setConnection: (connection: Connection) => void
}

/** Holds the last readable snapshot and the connection's state, for either kind of host. */
export const createHostStore = (): HostStore => {
  let state: HostState = { connection: 'connecting', snapshot: null }
  let revision = Number.NEGATIVE_INFINITY
  const listeners = new Set<() => void>()

  const change = (next: HostState) => {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin: () => {
      revision = Number.NEGATIVE_INFINITY
    },
    accept: (candidate) => {
      const read = v.safeParse(snapshotSchema, candidate)
      if (!read.success || read.output.revision < revision) return
      revision = read.output.revision
      change({ connection: 'connected', snapshot: read.output })
    },
    setConnection: (connection) => {
      if (connection !== state.connection) change({ ...state, connection })
    },
  }
}
