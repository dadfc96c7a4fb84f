import { useState } from 'react'
import { countdownText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'

interface AgainLaterProps {
  /** How long a forum has asked to wait, from when this is shown first. */
  readonly seconds: number
  readonly onTryAgain: () => void
}

/** *Try again* for a forum that has asked to wait: it counts down, and can be pressed when the time is over. */
export const AgainLater = ({ seconds, onTryAgain }: AgainLaterProps) => {
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
