import { useState } from 'react'
import type { Sending } from './use-send.ts'

/**
 * How the question about all accounts stands: under way, or answered since. Numbers that stayed the same say nothing to who
 * does not see their age.
 */
export const useRefreshing = ({ isPending, failure }: Sending): { isBusy: boolean; isDone: boolean } => {
  const isBusy = isPending('account.refresh', {})
  const [wasBusy, setWasBusy] = useState(isBusy)
  const [isAnswered, setAnswered] = useState(false)
  if (wasBusy !== isBusy) {
    setWasBusy(isBusy)
    setAnswered(!isBusy)
  }
  return { isBusy, isDone: isAnswered && failure === null }
}
