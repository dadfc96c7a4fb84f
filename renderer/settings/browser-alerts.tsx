import { useAlertsOffer } from '../app/use-alerts-offer.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'

/**
 * Lets the browser show alerts, where the shell cannot and the user has not decided yet; or says why the browser does
 * not.
 */
export const BrowserAlerts = () => {
  const { t, host } = useServices()
  const offer = useAlertsOffer()
  if (offer === 'none') return null
  return (
    <Searchable words={[t('alerts.show'), t('alerts.offer')]}>
      <div className={styles['row']}>
        <p className={`${styles['words']} ${styles['hint']}`}>
          {t(offer === 'denied' ? 'settings.showAlertsDenied' : 'alerts.offer')}
        </p>
        {offer === 'offered' && (
          <div className={styles['actions']}>
            <Button onClick={() => void host.alerts?.accept()}>{t('alerts.show')}</Button>
          </div>
        )}
      </div>
    </Searchable>
  )
}
