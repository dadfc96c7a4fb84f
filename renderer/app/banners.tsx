import { type ReactNode, useState } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { failureSentence } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import type { Sending } from '../services/use-send.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useAlertsOffer } from './use-alerts-offer.ts'

interface BannersProps {
  readonly snapshot: Snapshot
  readonly isLost: boolean
  readonly sending: Sending
  /** Whether what is only worth knowing is left out, because the view with what is new says it. */
  readonly isBrief?: boolean
}

/** What concerns the whole app, the most urgent first. */
export const Banners = ({ snapshot, isLost, sending, isBrief = false }: BannersProps) => {
  const { t } = useServices()
  const { vault, notices } = snapshot
  const { send, isPending, failure, dismissFailure } = sending
  return (
    <>
      {isLost && <Banner tone="wrong" text={t('page.lost')} />}
      {/* While the connection is lost every command fails for that reason. */}
      {failure !== null && !isLost && (
        <Banner tone="wrong" text={failureSentence(t, failure)}>
          <Button compact onClick={dismissFailure}>
            {t('notice.dismiss')}
          </Button>
        </Banner>
      )}
      {/* Without accounts there are no keys to store; a user who adds a forum is told then (start-failure.tsx). */}
      {vault.kind === 'unavailable' && snapshot.accounts.length > 0 && (
        <Banner tone="waits" title={t('vault.unavailable')} text={failureSentence(t, vault.failure)}>
          <Button compact busy={isPending('vault.retry')} onClick={() => send('vault.retry', {})}>
            {t('vault.retry')}
          </Button>
          <Button compact busy={isPending('vault.useSession')} onClick={() => send('vault.useSession', {})}>
            {t('vault.useSession')}
          </Button>
        </Banner>
      )}
      {notices.map(({ id, failure: noticed }) => (
        <Banner key={id} tone="waits" text={failureSentence(t, noticed)}>
          {noticed.code === 'update_available' && (
            <Button compact busy={isPending('update.download')} onClick={() => send('update.download', {})}>
              {t('notice.download')}
            </Button>
          )}
          {noticed.code === 'update_elsewhere' && (
            <LinkButton compact href={String(noticed.params?.['page'])}>
              {t('notice.releases')}
            </LinkButton>
          )}
          <Button compact onClick={() => send('notice.dismiss', { notice: id })}>
            {t('notice.dismiss')}
          </Button>
        </Banner>
      ))}
      {!isBrief && <Hints snapshot={snapshot} />}
    </>
  )
}

/** What is only worth knowing, and said until it is dismissed. */
const Hints = ({ snapshot: { accounts, vault } }: Pick<BannersProps, 'snapshot'>) => {
  const { t, host } = useServices()
  const alertsOffer = useAlertsOffer()
  // One that comes later would move the rows below it under the user's hand; it is made with the next view.
  const [isOfferInTime] = useState(alertsOffer !== 'none')
  return (
    <>
      {alertsOffer === 'offered' && isOfferInTime && accounts.length > 0 && (
        <Said about="alerts" text={t('alerts.offer')}>
          <Button compact onClick={() => void host.alerts?.accept()}>
            {t('alerts.show')}
          </Button>
        </Said>
      )}
      {alertsOffer === 'denied' && <Said about="denied" text={t('settings.showAlertsDenied')} />}
      {vault.kind === 'session' && <Said about="session" text={t('vault.session')} />}
    </>
  )
}

interface SaidProps {
  /** What it is about: it is not shown again once it was dismissed. */
  readonly about: string
  readonly text: string
  readonly children?: ReactNode
}

/** Something worth knowing that is in the settings as well, and is shown here until it is dismissed. */
const Said = ({ about, text, children }: SaidProps) => {
  const { t } = useServices()
  const [isDismissed, dismiss] = useDismissed(about)
  if (isDismissed) return null
  return (
    <Banner tone="quiet" text={text}>
      {children}
      <Button compact onClick={dismiss}>
        {t(children === undefined ? 'notice.dismiss' : 'alerts.notNow')}
      </Button>
    </Banner>
  )
}

/**
 * Whether the user has dismissed a one-time hint. Kept in the browser's storage: it concerns this page, not the
 * notifier.
 * @param about the subject, as part of the storage key
 * @returns whether it was dismissed, and how to dismiss it
 */
const useDismissed = (about: string): readonly [isDismissed: boolean, dismiss: () => void] => {
  const key = `discourse-notifier.dismissed.${about}`
  const [isDismissed, setDismissed] = useState(() => window.localStorage.getItem(key) !== null)
  const dismiss = () => {
    window.localStorage.setItem(key, '')
    setDismissed(true)
  }
  return [isDismissed, dismiss]
}
