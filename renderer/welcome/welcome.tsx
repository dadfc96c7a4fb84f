import mark from '../../build/icons/icon.svg'
import { useAlertsOffer } from '../app/use-alerts-offer.ts'
import { useServices } from '../services/services.ts'
import { BrowserAlerts } from '../settings/browser-alerts.tsx'
import { ToggleSetting } from '../settings/setting-row.tsx'
import { TestNotification } from '../settings/test-notification.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import styles from './welcome.module.css'

interface WelcomeProps {
  /** Whether the system starts this program at login; null where the shell has no say in that. */
  readonly opensAtLogin: boolean | null
  readonly onAdd: () => void
}

/** Where no forum has been added yet: what this is, how signing in works, and what one may want to choose at once. */
export const Welcome = ({ opensAtLogin, onAdd }: WelcomeProps) => {
  const { t } = useServices()
  const isOffered = useAlertsOffer() === 'offered'
  return (
    <div className={styles['welcome']}>
      <img className={styles['mark']} src={mark} alt="" width="48" height="48" />
      <h2 className={styles['title']}>{t('welcome.title')}</h2>
      <p className={styles['what']}>{t('welcome.what', { app: t('app.name') })}</p>
      <ol className={styles['steps']} aria-label={t('welcome.steps')}>
        <li>{t('welcome.give')}</li>
        <li>{t('welcome.approve')}</li>
        <li>{t('welcome.key')}</li>
      </ol>
      <Button look="primary" onClick={onAdd}>
        {t('overview.add')}
      </Button>
      <ul className={styles['promises']}>
        <li>
          <Icon name="check" size={14} />
          {t('welcome.does')}
        </li>
        <li>
          <Icon name="close" size={14} />
          {t('welcome.doesNot')}
        </li>
      </ul>
      <section aria-label={t('welcome.choices')} className={styles['choices']}>
        {opensAtLogin !== null && (
          <ToggleSetting
            label={t('settings.openAtLogin')}
            isOn={opensAtLogin}
            change={(openAtLogin) => ({ general: { openAtLogin } })}
          />
        )}
        {isOffered ? <BrowserAlerts /> : <TestNotification />}
      </section>
    </div>
  )
}
