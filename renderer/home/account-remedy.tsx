import { remedies } from '../../common/contract/remedies.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { addressOf } from '../app/view.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'

interface AccountRemedyProps {
  readonly account: AccountView
  readonly send: Send
}

/**
 * What the user can do about the trouble of an account's forum. Nothing where the app retries automatically, or where
 * the row has a button of its own: to sign in, or for the keychain.
 */
export const AccountRemedy = ({ account, send }: AccountRemedyProps) => {
  const { t } = useServices()
  const { id, site, username, state } = account
  const failure = 'failure' in state ? state.failure : null
  if (failure === null) return null
  switch (remedies[failure.code][0]) {
    case 'openSite':
      return (
        <LinkButton compact href={site.base}>
          {t('overview.openSite', { host: site.host })}
        </LinkButton>
      )
    case 'network':
      return (
        <a className={buttonClass('plain', true)} href={addressOf({ kind: 'settings', section: 'network' })}>
          {t('add.openNetwork')}
        </a>
      )
    case 'move': {
      const target = String(failure.params?.['target'])
      return (
        <Button
          compact
          label={t('overview.moveOf', { target, title: site.title, username })}
          onClick={() => send('account.move', { account: id, host: target })}
        >
          {t('overview.move', { target })}
        </Button>
      )
    }
    default:
      return null
  }
}
