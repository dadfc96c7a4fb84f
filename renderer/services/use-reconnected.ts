import { useEffect, useRef } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { useServices } from './services.ts'

/** Calls each time the shell answers again after it was gone: what was said of that is true no longer. */
export const useReconnected = (run: () => void): void => {
  const { host } = useServices()
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    let before = host.getState().connection
    return host.subscribe(() => {
      const { connection } = host.getState()
      if (before === 'lost' && connection === 'connected') latest.current()
      before = connection
    })
  }, [host])
}

/** Whether a command failed because the shell was gone, which was over when it answered again. */
export const isOverOnceConnected = ({ code }: Failure): boolean => code === 'not_running'
