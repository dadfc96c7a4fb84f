import { countdownText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import styles from './sign-in.module.css'

interface CountdownProps {
  readonly until: number
  /** In a row, among other text of its size. */
  readonly small?: boolean
}

/** The time that is left, second by second; a timer by its role, so that it is not read out each second. */
export const Countdown = ({ until, small = false }: CountdownProps) => {
  const { t, seconds } = useServices()
  // The clock shows whole seconds, rounded down; so must the end, or ten minutes would begin with 10:01.
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
