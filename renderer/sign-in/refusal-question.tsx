import { useState } from 'react'
import { useNow, useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './sign-in.module.css'

/** A user who has not approved after this many milliseconds may be looking at a refusal. */
const refusalDelay = 30_000

/**
 * Asks whether the forum's page refuses. Many refusals are seen only by the browser: those for a trust level come after
 * the login, older forums announce none beforehand, and no response ever comes back (protocol.md 1.2).
 */
export const RefusalQuestion = ({ title }: { readonly title: string }) => {
  const { t, seconds } = useServices()
  const now = useNow(seconds)
  const [since] = useState(now)
  const [isRefused, setRefused] = useState(false)
  if (now - since < refusalDelay) return null
  return (
    <div role="status" className={`${styles['aside']} ${styles['quiet']}`}>
      <p>{isRefused ? t('add.refusedHelp', { title }) : t('add.refusedQuestion', { title })}</p>
      {!isRefused && (
        <Button look="quiet" compact onClick={() => setRefused(true)}>
          {t('add.refused')}
        </Button>
      )}
    </div>
  )
}
