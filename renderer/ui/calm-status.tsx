import { useEffect, useRef, useState } from 'react'
import { useServices } from '../services/services.ts'

/** The least time between two announcements, in milliseconds. */
const calm = 5000

interface CalmStatusProps {
  /** A summary: what is left out between two announcements is in the next one. */
  readonly text: string
}

/**
 * Tells those who listen what changes whenever something happens, politely and not in floods: the first change at once,
 * what follows within some seconds in one. What holds at first is not told; it is read where it stands.
 */
export const CalmStatus = ({ text }: CalmStatusProps) => (
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
      if (now - last.current.at < calm) return false
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
