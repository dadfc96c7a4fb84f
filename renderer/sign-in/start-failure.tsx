import type { Failure } from '../../common/failure.ts'
import { useServices } from '../services.ts'
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
}

/** Why no attempt could be started, with what helps against that. */
export const StartFailure = ({ id, failure, signIn, onUseAddress, onInsist }: StartFailureProps) => {
  const { t } = useServices()
  const { host, address } = failure.params ?? {}
  if (failure.code.startsWith('keychain_')) {
    return (
      <FailureNote id={id} failure={failure}>
        <Button onClick={() => void signIn.retry('vault.retry')}>{t('vault.retry')}</Button>
        <Button onClick={() => void signIn.retry('vault.useSession')}>{t('vault.useSession')}</Button>
      </FailureNote>
    )
  }
  if (failure.code === 'site_redirects' && onUseAddress !== undefined && typeof address === 'string') {
    return (
      <FailureNote id={id} failure={failure}>
        <Button onClick={() => onUseAddress(address)}>{t('add.useAddress', { host })}</Button>
      </FailureNote>
    )
  }
  if (failure.code === 'address_not_encrypted' && onInsist !== undefined) {
    return (
      <FailureNote id={id} failure={failure}>
        <Button onClick={onInsist}>{t('add.usePlain')}</Button>
      </FailureNote>
    )
  }
  if (onUseAddress !== undefined) return <FailureNote id={id} failure={failure} />
  return (
    <FailureNote id={id} failure={failure}>
      <Button onClick={() => void signIn.retry()}>{t('add.tryAgain')}</Button>
    </FailureNote>
  )
}
