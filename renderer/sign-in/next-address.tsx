import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './sign-in.module.css'
import type { SignIn } from './use-sign-in.ts'

/** Leads to the next of several forums to sign in to; nothing if there is none. */
export const NextAddress = ({ signIn }: { readonly signIn: SignIn }) => {
  const { t } = useServices()
  const [next] = signIn.waiting
  if (next === undefined || signIn.progress.kind === 'looking' || signIn.progress.kind === 'starting') return null
  return (
    <p className={styles['aside']}>
      <span className={styles['quiet']}>{t('add.left', { count: signIn.waiting.length })}</span>
      <Button look="quiet" compact onClick={() => void signIn.submitNext()}>
        {t('add.next', { address: typeof next === 'string' ? next.replace(/^https:\/\//, '') : next.site.title })}
      </Button>
    </p>
  )
}
