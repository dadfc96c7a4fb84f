import type { ReactNode } from 'react'
import type { Failure, FailureCode } from '../../common/contract/failure.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { SignIn } from './use-sign-in.ts'

interface StartFailureProps {
  readonly id: string
  readonly failure: Failure
  readonly signIn: SignIn
  /** Goes on with another address, when the failure knows one. */
  readonly onUseAddress?: (address: string) => void
  /** Goes on with the same address although it is not encrypted. */
  readonly onInsist?: () => void
  /** Does the same once more. */
  readonly onTryAgain: () => void
  /** Puts the dialog away and shows the sign-ins that wait, or the network's settings. */
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** Why no attempt could be started, with what helps against that. */
export const StartFailure = ({ id, failure, ...props }: StartFailureProps) => (
  <FailureNote id={id} failure={failure}>
    {useRemedies(failure, props)}
  </FailureNote>
)

const useRemedies = (failure: Failure, props: Omit<StartFailureProps, 'id' | 'failure'>): ReactNode => {
  const { t } = useServices()
  const { signIn, onUseAddress, onInsist, onTryAgain, onLeave } = props
  const { code } = failure
  const { host, address } = failure.params ?? {}
  if (code.startsWith('keychain_')) {
    return (
      <>
        <Button onClick={() => void signIn.retry('vault.retry')}>{t('vault.retry')}</Button>
        <Button onClick={() => void signIn.retry('vault.useSession')}>{t('vault.useSession')}</Button>
      </>
    )
  }
  if (code === 'site_redirects' && onUseAddress !== undefined && typeof address === 'string') {
    return <Button onClick={() => onUseAddress(address)}>{t('add.useAddress', { host })}</Button>
  }
  if (code === 'address_has_https' && onUseAddress !== undefined && typeof address === 'string') {
    return <Button onClick={() => onUseAddress(address)}>{t('add.useHttps')}</Button>
  }
  if (code === 'address_not_encrypted' && onInsist !== undefined) {
    return <Button onClick={onInsist}>{t('add.usePlain')}</Button>
  }
  if (code === 'too_many_attempts') {
    return <Button onClick={() => onLeave('waiting')}>{t('overview.attempts')}</Button>
  }
  const isOfNetwork = code.startsWith('proxy_') || codesOfNetwork.has(code)
  // Another address is typed into the field that the focus is in.
  const isOfAddress = onUseAddress !== undefined && codesOfAddress.has(code)
  return (
    <>
      {isOfNetwork && <Button onClick={() => onLeave('network')}>{t('add.openNetwork')}</Button>}
      {!isOfAddress && <Button onClick={onTryAgain}>{t('add.tryAgain')}</Button>}
    </>
  )
}

/** A proxy or a certificate file that the user can name helps. */
const codesOfNetwork: ReadonlySet<FailureCode> = new Set(['tls_self_signed', 'tls_untrusted', 'certificate_unreadable'])

/** The same address would come to the same. */
const codesOfAddress: ReadonlySet<FailureCode> = new Set([
  'address_invalid',
  'address_has_https',
  'address_downgraded',
  'not_discourse',
  'site_too_old',
  'site_refuses_apps',
  'tls_wrong_host',
  'tls_outdated',
  'tls_missing',
])
