import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import styles from './sign-in.module.css'
import type { SignIn } from './use-sign-in.ts'

interface NextAddressProps {
  readonly signIn: SignIn
  /** Whether going on is what the user wants now. */
  readonly isPrimary?: boolean
}

/** Says how many forums are still to be signed in to, and leads to the next one; nothing if there is none. */
export const NextAddress = ({ signIn, isPrimary = false }: NextAddressProps) => {
  const { t } = useServices()
  const button = useFocusOnMount<HTMLButtonElement>()
  const [next] = signIn.waiting
  if (next === undefined || signIn.progress.kind === 'looking' || signIn.progress.kind === 'starting') return null
  return (
    <p className={styles['next']}>
      <span className={styles['quiet']}>{t('add.left', { count: signIn.waiting.length })}</span>
      <Button
        {...(isPrimary ? { ref: button } : {})}
        look={isPrimary ? 'primary' : 'quiet'}
        compact
        onClick={() => void signIn.submitNext()}
      >
        {t('add.next', { address: typeof next === 'string' ? next.replace(/^https:\/\//, '') : next.site.title })}
      </Button>
    </p>
  )
}
