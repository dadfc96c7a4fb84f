import * as v from 'valibot'
import { applyUpdate, snapshotUpdateSchema } from '../../common/contract/snapshot-update.ts'
import type { Connection, Host, HostState } from './host.ts'

export interface HostStore extends Pick<Host, 'getState' | 'subscribe'> {
  /** Takes an update that arrived. Gives whether it could be read and fits; if not, a whole one has to be asked for. */
  readonly accept: (candidate: unknown) => boolean
  readonly setConnection: (connection: Connection) => void
}

/**
 * Holds the snapshot, as the updates that arrived make it, and the connection's state, for either kind of host. What an
 * update does not touch stays the same object, so that its part of the screen can be left alone.
 */
export const createHostStore = (): HostStore => {
  let state: HostState = { connection: 'connecting', snapshot: null }
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
    accept: (candidate) => {
      const read = v.safeParse(snapshotUpdateSchema, candidate)
      const snapshot = read.success ? applyUpdate(state.snapshot, read.output) : undefined
      if (snapshot === undefined) return false
      change({ connection: 'connected', snapshot })
      return true
    },
    setConnection: (connection) => {
      if (connection !== state.connection) change({ ...state, connection })
    },
  }
}
