import { useServices } from '../services/services.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useAlertsOffer } from './use-alerts-offer.ts'

/** Lets the browser show alerts, where the shell cannot and the user has not decided yet; otherwise nothing. */
export const ShowAlertsButton = () => {
  const { host, t } = useServices()
  if (useAlertsOffer() !== 'offered') return null
  return <IconButton icon="bell" label={t('overview.showAlerts')} onClick={() => void host.alerts?.accept()} />
}
