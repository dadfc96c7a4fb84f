import { useCallback, useState } from 'react'
import type { Failure, Result } from '../../common/contract/failure.ts'
import { isOverOnceConnected, useReconnected } from './use-reconnected.ts'

export type TaskState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Task {
  readonly state: TaskState
  /** Does one piece of work and keeps how it stands; gives its result too. */
  readonly run: <T>(work: Promise<Result<T>>) => Promise<Result<T>>
}

/** One thing a component asks for and waits for. */
export const useTask = (): Task => {
  const [state, setState] = useState<TaskState>({ kind: 'idle' })
  useReconnected(() =>
    setState((before) => (before.kind === 'failed' && isOverOnceConnected(before.failure) ? { kind: 'idle' } : before)),
  )
  const run = useCallback(async <T>(work: Promise<Result<T>>) => {
    setState({ kind: 'busy' })
    const result = await work
    setState(result.ok ? { kind: 'idle' } : { kind: 'failed', failure: result.failure })
    return result
  }, [])
  return { state, run }
}
