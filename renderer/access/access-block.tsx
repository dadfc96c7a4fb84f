import { memo, useId, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { ageText, dateText } from '../../common/i18n/time-text.ts'
import { useServices, useTimedText } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { Fact } from '../ui/fact.tsx'
import { Icon } from '../ui/icon.tsx'
import { Picture } from '../ui/picture.tsx'
import { scopeText } from '../ui/scope-text.ts'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './access.module.css'
import { PendingRevocation } from './pending-revocation.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

interface AccessBlockProps {
  readonly account: AccountView
  /** The forum has taken the access back. */
  readonly onRevoked: (account: AccountView) => void
}

/** The access one account has given, in the order of the forum's own Apps page; rendered again only for its own account. */
export const AccessBlock = memo(({ account, onRevoked }: AccessBlockProps) => {
  const { t, minutes } = useServices()
  const [isAsking, setAsking] = useState(false)
  const headingId = useId()
  const { site, username, lastUsedAt, approvedAt, expiresAt } = account
  const lastUsed = useTimedText(minutes, (now) =>
    lastUsedAt === null ? t('access.never') : ageText(t, lastUsedAt, now),
  )

  return (
    <li className={styles['block']} aria-labelledby={headingId}>
      <div className={styles['heading']}>
        <SiteAvatar site={site} icon={account.icon} />
        <div className={styles['headingWords']}>
          <h2 id={headingId} className={styles['title']}>
            <bdi>{site.title}</bdi> <Picture src={account.avatar} className={styles['avatar'] ?? ''} />
            <bdi className={styles['username']}>{username}</bdi>
          </h2>
          <p className={styles['host']}>{site.base.startsWith('http:') ? site.base : site.host}</p>
        </div>
      </div>
      <dl className={styles['facts']}>
        <Fact term={t('access.application')}>{t('app.name')}</Fact>
        <Fact term={t('access.lastUsed')}>{lastUsed}</Fact>
        <Fact term={t('access.approved')}>{dateText(t, approvedAt)}</Fact>
        <Fact term={t('access.may')}>
          {account.scopes.map((scope) => (
            <span key={scope} className={styles['scope']}>
              {scopeText(t, scope)}
            </span>
          ))}
        </Fact>
        <Fact term={t('access.expires')}>
          {expiresAt === null ? t('access.expiresUnused') : dateText(t, expiresAt)}
        </Fact>
        <Fact term={t('access.apiVersion')}>{account.apiVersion}</Fact>
      </dl>
      <div className={styles['actions']}>
        {account.state.kind === 'revoking' ? (
          <PendingRevocation account={account} failure={account.state.failure} onRevoked={onRevoked} />
        ) : (
          <Button
            look="danger"
            label={t('access.revokeOf', { title: site.title, username })}
            onClick={() => setAsking(true)}
          >
            {t('access.revoke')}
          </Button>
        )}
        <span className={styles['links']}>
          {account.links.signedIn !== null && (
            <a
              className={styles['apps']}
              href={account.links.signedIn}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('access.openSignedInOf', { title: site.title, username })}
            >
              {t('access.openSignedIn')}
              <Icon name="outward" size={12} />
            </a>
          )}
          <a
            className={styles['apps']}
            href={account.links.apps}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('access.appsPageOf', { title: site.title })}
          >
            {t('access.appsPage')}
            <Icon name="outward" size={12} />
          </a>
        </span>
      </div>
      {isAsking && <RevokeDialog account={account} onRevoked={onRevoked} onClose={() => setAsking(false)} />}
    </li>
  )
})
