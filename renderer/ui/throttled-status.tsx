import { useEffect, useRef, useState } from 'react'
import { useServices } from '../services/services.ts'

/** The least time between two announcements, in milliseconds. */
const interval = 5000

interface ThrottledStatusProps {
  /** A summary: what is left out between two announcements is in the next one. */
  readonly text: string
}

/**
 * Announces changes to screen readers politely and throttled: the first change at once, later ones together after an
 * interval. The initial text is not announced; it is read where it stands.
 */
export const ThrottledStatus = ({ text }: ThrottledStatusProps) => (
  <p role="status" className="visually-hidden">
    {useAnnouncement(text)}
  </p>
)

const useAnnouncement = (text: string): string => {
  const { seconds } = useServices()
  const [announced, setAnnounced] = useState('')
  const last = useRef({ text, at: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    const announce = (): boolean => {
      const now = seconds.now()
      if (now - last.current.at < interval) return false
      last.current = { text, at: now }
      setAnnounced(text)
      return true
    }
    if (text === last.current.text || announce()) return
    const stop = seconds.subscribe(() => {
      if (announce()) stop()
    })
    return stop
  }, [text, seconds])
  return announced
}
