import { openAttemptPath } from '../../common/contract/bridge.ts'
import { oneTimeScope } from '../../common/contract/scope.ts'
import type { AttemptView, LinkOwner } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { scopeText } from '../ui/scope-text.ts'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { AccessLimit } from './access-limit.tsx'
import { DeviceCode } from './device-code.tsx'
import { NextAddress } from './next-address.tsx'
import { OneTimeChoice } from './one-time-choice.tsx'
import { OtherOwner } from './other-owner.tsx'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import type { SignIn } from './use-sign-in.ts'

interface ApproveStepProps {
  readonly attempt: AttemptView
  /** The usernames already connected on this forum. */
  readonly connectedAs: readonly string[]
  readonly linkOwner: LinkOwner | null
  readonly signIn: SignIn
}

/** Shows what access will be requested, before the forum's own page asks. */
export const ApproveStep = ({ attempt, connectedAs, linkOwner, signIn }: ApproveStepProps) => {
  const { t } = useServices()
  const link = useFocusOnMount<HTMLAnchorElement>()
  const { title } = attempt.site
  const needed = attempt.scopes.filter((scope) => !attempt.optionalScopes.includes(scope))
  return (
    <div className={styles['step']}>
      <SiteLine site={attempt.site} />
      <div>
        <p>{t('add.asks', { app: t('app.name'), title })}</p>
        <ul className={styles['scopes']}>
          {needed.map((scope) => (
            <li key={scope} className={styles['scope']}>
              <Icon name="check" />
              <span className={styles['scopeWords']}>{scopeText(t, scope)}</span>
              <span className={styles['quiet']}>{t('add.needed')}</span>
            </li>
          ))}
          {attempt.optionalScopes.includes(oneTimeScope) && <OneTimeChoice attempt={attempt} />}
        </ul>
      </div>
      {attempt.canLimitAccess && <AccessLimit attempt={attempt} />}
      {attempt.method === 'device' && attempt.userCode !== null && (
        <DeviceCode code={attempt.userCode} onCopied={() => signIn.noteCopied(attempt.id)} />
      )}
      {connectedAs.length > 0 && <p>{t('add.connectedAs', { usernames: connectedAs.join(t('units.comma')) })}</p>}
      {attempt.method !== 'device' && <p className={styles['quiet']}>{t('add.explain')}</p>}
      <OtherOwner attempt={attempt} owner={linkOwner} />
      <LinkButton
        ref={link}
        look="primary"
        href={openAttemptPath(attempt.id)}
        onOpen={() => signIn.noteOpened(attempt.id)}
      >
        {t('add.approve', { title })}
      </LinkButton>
      <NextAddress signIn={signIn} />
      <div className={styles['actions']}>
        <Button onClick={() => void signIn.dismiss(attempt.id)}>{t('add.cancel')}</Button>
      </div>
    </div>
  )
}
