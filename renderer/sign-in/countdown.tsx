import { countdownText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import styles from './sign-in.module.css'

interface CountdownProps {
  readonly until: number
  /** Whether it is in a row, among other text of its size. */
  readonly small?: boolean
}

/** The time left, second by second. Its role is timer, so that screen readers do not announce it every second. */
export const Countdown = ({ until, small = false }: CountdownProps) => {
  const { t, seconds } = useServices()
  // The clock shows whole seconds, rounded down; so must the end be, or ten minutes would start at 10:01.
  const time = countdownText(t, Math.floor(until / 1000) * 1000 - useNow(seconds))
  return (
    <span
      role="timer"
      aria-label={t('add.timeLeft', { time })}
      className={styles[small ? 'countdownSmall' : 'countdown']}
    >
      {time}
    </span>
  )
}
