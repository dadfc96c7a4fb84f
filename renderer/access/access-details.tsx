import type { AccountView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Fact } from '../ui/fact.tsx'
import { Icon } from '../ui/icon.tsx'
import { scopeText } from '../ui/scope-text.ts'
import styles from './access.module.css'

/** What an access is for, and where to see it on the forum. */
export const AccessDetails = ({ account }: { readonly account: AccountView }) => {
  const { t } = useServices()
  const { site, username, links, scopes, apiVersion } = account
  return (
    <>
      <dl className={styles['facts']}>
        <Fact term={t('diagnostics.address')}>{site.base.startsWith('http:') ? site.base : site.host}</Fact>
        <Fact term={t('access.may')}>
          {scopes.map((scope) => (
            <span key={scope} className={styles['scope']}>
              {scopeText(t, scope)}
            </span>
          ))}
        </Fact>
        <Fact term={t('access.apiVersion')}>{apiVersion}</Fact>
      </dl>
      <p className={styles['links']}>
        <OutwardLink href={links.apps} label={t('access.appsPageOf', { title: site.title })}>
          {t('access.appsPage')}
        </OutwardLink>
        {links.signedIn !== null && (
          <OutwardLink href={links.signedIn} label={t('access.openSignedInOf', { title: site.title, username })}>
            {t('access.openSignedIn')}
          </OutwardLink>
        )}
      </p>
    </>
  )
}

interface OutwardLinkProps {
  readonly href: string
  readonly label: string
  readonly children: string
}

const OutwardLink = ({ href, label, children }: OutwardLinkProps) => (
  <a className={styles['apps']} href={href} target="_blank" rel="noopener noreferrer" aria-label={label}>
    {children}
    <Icon name="outward" size={12} />
  </a>
)
