import type { AccountView } from '../../common/contract/snapshot.ts'
import { shownState } from '../../common/glance/glance.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { clockText } from '../../common/i18n/time-text.ts'
import { useServices, useTimedText } from '../services/services.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import styles from './state-sign.module.css'

/** A state as an icon with a label. */
export const Sign = ({ icon, words }: { readonly icon: IconName; readonly words: string }) => (
  <span role="img" aria-label={words} title={words} className={styles['sign']}>
    <Icon name={icon} size={12} />
  </span>
)

/** The state of an account in trouble, as an icon with a label. */
export const StateSign = ({ account }: { readonly account: AccountView }) => {
  const { t, minutes } = useServices()
  const words = useTimedText(minutes, (now) => stateText(t, account, now))
  return <Sign icon={stateIcon(account.state)} words={words} />
}

/** The icon for a state other than a good one; none is that of a button, which would have two meanings. */
export const stateIcon = (state: AccountView['state']): IconName => {
  switch (shownState(state)) {
    case 'offline':
      return 'offline'
    case 'needsSignIn':
      return 'signIn'
    case 'locked':
      return 'lock'
    case 'revoking':
      return 'revoking'
    case 'limited':
      return 'clock'
    case 'maintenance':
      return 'maintenance'
    default:
      return 'old'
  }
}

/** A state in two or three words; empty for a good one. */
export const stateText = (t: Translate, { state }: AccountView, now: number): string => {
  if (state.kind === 'limited') return t('home.limited', { time: clockText(t, state.until, now) })
  switch (shownState(state)) {
    case 'needsSignIn':
      return t('home.signedOut')
    case 'locked':
      return t('home.locked')
    case 'offline':
      return t('home.offline')
    case 'stale':
      return t('home.stale')
    case 'maintenance':
      return t('home.maintenance')
    case 'revoking':
      return t('home.revoking')
    default:
      return ''
  }
}
