import { useSyncExternalStore } from 'react'
import { useServices } from './services.ts'
import { IconButton } from './ui/icon-button.tsx'

const never = () => () => undefined

/** Lets the browser show alerts, where the shell cannot and the user has not decided yet; otherwise nothing. */
export const ShowAlertsButton = () => {
  const { host, t } = useServices()
  const offer = host.alerts
  const isOffered = useSyncExternalStore(offer?.subscribe ?? never, () => offer?.isOffered() ?? false)
  if (offer === undefined || !isOffered) return null
  return <IconButton icon="bell" label={t('overview.showAlerts')} onClick={() => void offer.accept()} />
}
