import { useSyncExternalStore } from 'react'
import type { AlertsOfferState } from '../host/host.ts'
import { useServices } from '../services/services.ts'

const never = () => () => undefined

/** How the offer to show alerts in this page stands; `none` where the shell makes none. */
export const useAlertsOffer = (): AlertsOfferState => {
  const offer = useServices().host.alerts
  return useSyncExternalStore(offer?.subscribe ?? never, () => offer?.getState() ?? 'none')
}
