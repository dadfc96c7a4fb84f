import { memo, type ReactNode, Suspense, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountLine, mostTroubles, needsUser, troubleText } from '../../common/glance/glance.ts'
import { AccountRemedy } from '../app/lazy-views.ts'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { AccountLink, type AccountRowProps, More } from './account-rows.tsx'
import styles from './attention.module.css'
import { Fold } from './fold.tsx'
import home from './home.module.css'
import { stateIcon, stateText } from './state-sign.tsx'

/** Signs in to forums again, one after the other. */
export type SignInAgain = (...accounts: readonly AccountView[]) => Promise<void>

interface AttentionRowProps extends AccountRowProps {
  readonly onSignIn: SignInAgain
}

/** An account in trouble: an icon, what is wrong, and what helps. */
const AttentionRow = memo((props: AttentionRowProps) => {
  const { account, name, send, onSignIn } = props
  const { t, minutes } = useServices()
  const { site, username, state } = account
  const isWaiting = state.kind === 'needsSignIn' || state.kind === 'locked'
  const short = useTimedText(minutes, (now) => stateText(t, account, now))
  const sentence = useTimedText(minutes, (now) => accountLine(t, account, now))
  return (
    <li
      data-account={account.id}
      data-row=""
      className={`${styles['attention']} ${styles[isWaiting ? 'waits' : 'wrong']}`}
    >
      <span className={styles['stateSign']}>
        <Icon name={stateIcon(state)} size={16} />
      </span>
      <div className={`${home['words']} ${styles['words']}`}>
        <p className={styles['firstLine']}>
          <AccountLink {...props} />
          <span className={styles['state']}>{short}</span>
        </p>
        {/* For other states, the words above say everything. */}
        {'failure' in state && state.failure !== null && (
          <p className={styles['sentence']} title={sentence}>
            {sentence}
          </p>
        )}
      </div>
      {state.kind === 'needsSignIn' && (
        <Button
          compact
          label={t('overview.signInTo', { title: site.title, username })}
          onClick={() => void onSignIn(account)}
        >
          {t('overview.signIn')}
        </Button>
      )}
      {state.kind === 'locked' && (
        <Button compact onClick={() => send('vault.retry', {})}>
          {t('vault.retry')}
        </Button>
      )}
      <span className={home['actions']}>
        <Suspense>
          <AccountRemedy account={account} send={send} />
        </Suspense>
        <More account={account} name={name} send={send} />
      </span>
    </li>
  )
})

/** Also the props of a list that consists of these rows. */
export interface AttentionRowsProps {
  /** The accounts in trouble, each in its place. */
  readonly accounts: readonly AccountView[]
  /** Those in trouble now, where rows are held in their places: numbers agree with the header. */
  readonly present?: readonly AccountView[]
  readonly names: ReadonlyMap<string, string>
  readonly send: Send
  readonly onOpen: (account: string) => void
  readonly onSignIn: SignInAgain
}

const isSignedOut = ({ state }: AccountView): boolean => state.kind === 'needsSignIn'
const isLocked = ({ state }: AccountView): boolean => state.kind === 'locked'
const isRetried = (account: AccountView): boolean => !needsUser(account)

/** All accounts in trouble: those that wait for the user, then those that are retried automatically. */
export const AttentionRows = ({ accounts, present = accounts, names, onSignIn, ...shared }: AttentionRowsProps) => {
  const { t } = useServices()
  const count = (isOfKind: (account: AccountView) => boolean) => ({ count: present.filter(isOfKind).length })
  const signedOut = accounts.filter(isSignedOut)
  const row = (account: AccountView) => (
    <AttentionRow
      key={`attention ${account.id}`}
      account={account}
      name={names.get(account.id) ?? account.site.title}
      onSignIn={onSignIn}
      {...shared}
    />
  )
  return (
    <>
      <Trouble text={t('home.needSignIn', count(isSignedOut))} look="waits" rows={signedOut.map(row)}>
        <Button compact onClick={() => void onSignIn(...signedOut)}>
          {t('overview.signInToAll')}
        </Button>
      </Trouble>
      <Trouble text={t('home.waitForKeychain', count(isLocked))} look="waits" rows={accounts.filter(isLocked).map(row)}>
        <Button compact onClick={() => shared.send('vault.retry', {})}>
          {t('vault.retry')}
        </Button>
      </Trouble>
      <Trouble
        text={troubleText(t, present.filter(isRetried))}
        look="wrong"
        rows={accounts.filter(isRetried).map(row)}
      />
    </>
  )
}

interface TroubleProps {
  /** How many accounts it is, said where they are collapsed. */
  readonly text: string
  readonly look: 'waits' | 'wrong'
  readonly rows: readonly ReactNode[]
  /** What helps all of them. */
  readonly children?: ReactNode
}

/** The accounts with one kind of trouble: a row each, or one row for many that opens to them. */
const Trouble = ({ text, look, rows, children }: TroubleProps) => {
  const [isOpen, setOpen] = useState(false)
  if (rows.length <= mostTroubles) return rows
  return (
    <>
      <Fold
        text={text}
        isOpen={isOpen}
        onToggle={() => setOpen(!isOpen)}
        className={`${styles['many']} ${styles[look]}`}
      >
        {children}
      </Fold>
      {isOpen && rows}
    </>
  )
}
