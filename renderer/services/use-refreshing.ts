import { useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
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

/**
 * The same without the failure of a check that an account shows itself, in the words of its state: a banner would say it
 * twice, and of one forum only.
 */
export const withoutShownFailure = (sending: Sending, accounts: readonly AccountView[]): Sending => {
  const { failure, failed } = sending
  if (failure === null || failed !== 'account.refresh') return sending
  const isShown = accounts.some(({ state, site }) => {
    if (state.kind === 'limited') return failure.code === 'rate_limited'
    return 'failure' in state && state.failure?.code === failure.code && failure.params?.['host'] === site.host
  })
  return isShown ? { ...sending, failure: null, failed: null } : sending
}
