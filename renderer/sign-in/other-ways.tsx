import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { AttemptView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './sign-in.module.css'

interface OtherWaysProps {
  readonly attempt: AttemptView
  readonly isBusy: boolean
  readonly onSwitch: (method: SignInMethod) => void
}

const keys = { device: 'add.useDevice', redirect: 'add.useRedirect', paste: 'add.usePaste' } as const

/** The other sign-in methods that this forum and this computer support. */
export const OtherWays = ({ attempt, isBusy, onSwitch }: OtherWaysProps) => {
  const { t } = useServices()
  const others = attempt.methods.filter((method) => method !== attempt.method)
  return others.map((method) => (
    <p key={method} className={styles['aside']}>
      <Button look="quiet" compact busy={isBusy} onClick={() => onSwitch(method)}>
        {t(keys[method])}
      </Button>
    </p>
  ))
}
