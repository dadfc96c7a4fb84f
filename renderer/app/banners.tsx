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
}

/** What concerns the whole program, the most pressing first. */
export const Banners = ({ snapshot, isLost, sending }: BannersProps) => {
  const { t } = useServices()
  const alertsOffer = useAlertsOffer()
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
      {vault.kind === 'unavailable' && (
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
            <LinkButton href={String(noticed.params?.['page'])}>{t('notice.releases')}</LinkButton>
          )}
          <Button compact onClick={() => send('notice.dismiss', { notice: id })}>
            {t('notice.dismiss')}
          </Button>
        </Banner>
      ))}
      {alertsOffer === 'denied' && <Banner tone="quiet" text={t('settings.showAlertsDenied')} />}
      {vault.kind === 'session' && <Banner tone="quiet" text={t('vault.session')} />}
    </>
  )
}
