import { useSyncExternalStore } from 'react'
import type { AlertsOfferState } from '../host/host.ts'
import { useServices } from '../services/services.ts'

const never = () => () => undefined

/** The state of the offer to show alerts in this page; `none` where the shell makes no such offer. */
export const useAlertsOffer = (): AlertsOfferState => {
  const offer = useServices().host.alerts
  return useSyncExternalStore(offer?.subscribe ?? never, () => offer?.getState() ?? 'none')
}
