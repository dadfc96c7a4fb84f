import { Fragment, type ReactNode, useState } from 'react'
import type { Failure, FailureCode } from '../../common/contract/failure.ts'
import { type Remedy, remedies } from '../../common/contract/remedies.ts'
import { countdownText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { SignIn } from './use-sign-in.ts'

interface StartFailureProps {
  readonly id: string
  readonly failure: Failure
  readonly signIn: SignIn
  /** Continues with another address, if the failure names one. */
  readonly onUseAddress?: (address: string) => void
  /** Continues with the same address although it is not encrypted. */
  readonly onInsist?: () => void
  /** Does the same once more. */
  readonly onTryAgain: () => void
  /** Closes the dialog and shows the pending sign-ins, or the network settings. */
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** Why no attempt could be started, and what helps. */
export const StartFailure = ({ id, failure, ...props }: StartFailureProps) => (
  <FailureNote id={id} failure={failure}>
    {useRemedies(failure, props)}
  </FailureNote>
)

const useRemedies = (failure: Failure, props: Omit<StartFailureProps, 'id' | 'failure'>): ReactNode => {
  const { t } = useServices()
  const { signIn, onUseAddress, onInsist, onTryAgain, onLeave } = props
  const { host, address } = failure.params ?? {}
  const { seconds } = failure.params ?? {}
  const again = codesThatWait.has(failure.code) ? (
    <AgainLater key={failure.code} seconds={Number(seconds)} onTryAgain={onTryAgain} />
  ) : (
    <Button onClick={onTryAgain}>{t('add.tryAgain')}</Button>
  )
  const withAddress = (words: string): ReactNode =>
    onUseAddress !== undefined && typeof address === 'string' ? (
      <Button onClick={() => onUseAddress(address)}>{words}</Button>
    ) : (
      again
    )
  const remedyFor = (remedy: Remedy): ReactNode => {
    switch (remedy) {
      case 'keychain':
        return (
          <>
            <Button onClick={() => void signIn.retry('vault.retry')}>{t('vault.retry')}</Button>
            <Button onClick={() => void signIn.retry('vault.useSession')}>{t('vault.useSession')}</Button>
          </>
        )
      case 'useAddress':
        return withAddress(t('add.useAddress', { host }))
      case 'useHttps':
        return withAddress(t('add.useHttps'))
      case 'useHttp':
        return onUseAddress === undefined || host === undefined ? (
          again
        ) : (
          <Button onClick={() => onUseAddress(`http://${host}`)}>
            {t('add.useAddress', { host: `http://${host}` })}
          </Button>
        )
      case 'allowPlain':
        return onInsist === undefined ? again : <Button onClick={onInsist}>{t('add.usePlain')}</Button>
      case 'pending':
        return <Button onClick={() => onLeave('waiting')}>{t('overview.attempts')}</Button>
      case 'network':
        return <Button onClick={() => onLeave('network')}>{t('add.openNetwork')}</Button>
      case 'tryAgain':
        return again
      // The note itself has a link to the forum; the others are about an existing account.
      case 'openSite':
      case 'signIn':
      case 'move':
        return null
    }
  }
  const helpful = remedies[failure.code]
  // Where there is a field, another address can be typed; elsewhere trying again is all there is.
  if (helpful.length === 0 && onUseAddress === undefined) return again
  return helpful.length === 0 ? null : helpful.map((remedy) => <Fragment key={remedy}>{remedyFor(remedy)}</Fragment>)
}

/** These name a time to wait; trying again before then fails the same way. */
const codesThatWait: ReadonlySet<FailureCode> = new Set(['rate_limited', 'paced'])

interface AgainLaterProps {
  /** How long the forum has asked us to wait, counted from when this is first shown. */
  readonly seconds: number
  readonly onTryAgain: () => void
}

/** “Try again” for a forum that has asked us to wait: it counts down, and can be pressed when the time is over. */
const AgainLater = ({ seconds, onTryAgain }: AgainLaterProps) => {
  const { t, seconds: clock } = useServices()
  const now = useNow(clock)
  const [since] = useState(now)
  const left = since + seconds * 1000 - now
  const words = t('add.tryAgain')
  return left > 0 ? (
    <Button busy>{t('units.named', { name: words, what: countdownText(t, left) })}</Button>
  ) : (
    <Button onClick={onTryAgain}>{words}</Button>
  )
}
