import { memo, useId, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { ageText, dateText } from '../../common/i18n/time-text.ts'
import { useServices, useTimedText } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import { Picture } from '../ui/picture.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './access.module.css'
import { AccessDetails } from './access-details.tsx'
import { PendingRevocation } from './pending-revocation.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

interface AccessRowProps {
  readonly account: AccountView
  /** Called when the forum has confirmed that the access is revoked. */
  readonly onRevoked: (account: AccountView) => void
}

/** One account's access: a row of the table, which expands to show what the access is for. */
export const AccessRow = memo(({ account, onRevoked }: AccessRowProps) => {
  const { t, minutes } = useServices()
  const [isAsking, setAsking] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const detailsId = useId()
  const { site, username, lastUsedAt, approvedAt, expiresAt, state } = account
  const lastUsed = useTimedText(minutes, (now) =>
    lastUsedAt === null ? t('access.never') : ageText(t, lastUsedAt, now),
  )
  const isRevoking = state.kind === 'revoking'
  return (
    <tbody className={styles['account']}>
      <tr className={styles['row']}>
        <th scope="row" className={styles['forum']}>
          <button
            type="button"
            className={styles['opener']}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setOpen(!isOpen)}
          >
            <DisclosureArrow />
            <SiteAvatar size="tiny" site={site} icon={account.icon} />
            <span className={styles['name']}>
              <bdi className={styles['title']}>{site.title}</bdi>{' '}
              <Picture src={account.avatar} className={styles['avatar'] ?? ''} />
              <bdi className={styles['username']}>{username}</bdi>
            </span>
          </button>
        </th>
        <Cell term={t('access.approved')}>{dateText(t, approvedAt)}</Cell>
        <Cell term={t('access.lastUsed')}>{lastUsed}</Cell>
        <Cell term={t('access.expires')} isSet={expiresAt !== null}>
          {expiresAt === null ? t('access.whenUnused') : dateText(t, expiresAt)}
        </Cell>
        <td className={styles['revoke']}>
          {!isRevoking && (
            <Button
              compact
              look="danger"
              label={t('access.revokeOf', { title: site.title, username })}
              onClick={() => setAsking(true)}
            >
              {t('access.revokeShort')}
            </Button>
          )}
          {isAsking && <RevokeDialog account={account} onRevoked={onRevoked} onClose={() => setAsking(false)} />}
        </td>
      </tr>
      {/* A revocation in progress is visible without expanding the row. */}
      {(isOpen || isRevoking) && (
        <tr className={styles['opened']}>
          <td colSpan={5} id={detailsId} className={styles['details']}>
            {isRevoking && <PendingRevocation account={account} failure={state.failure} onRevoked={onRevoked} />}
            {isOpen && <AccessDetails account={account} />}
          </td>
        </tr>
      )}
    </tbody>
  )
})

interface CellProps {
  readonly term: string
  /** Whether the account has a value of its own; in a narrow window only those are shown. */
  readonly isSet?: boolean
  readonly children: string
}

/** A value, preceded by its term where the window is too narrow for column headings. */
const Cell = ({ term, isSet = true, children }: CellProps) => (
  <td className={`${styles['cell']} ${isSet ? '' : styles['unset']}`}>
    <span aria-hidden="true" className={styles['term']}>
      {term}
    </span>{' '}
    {children}
  </td>
)
