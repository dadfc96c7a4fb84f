import { useEffect, useRef, useState } from 'react'
import { useServices } from '../services.ts'

/** The least time between two announcements, in milliseconds. */
const calm = 5000

interface CalmStatusProps {
  /** A summary: what is left out between two announcements is in the next one. */
  readonly text: string
  readonly className: string | undefined
}

/**
 * A line that changes whenever something happens. To those who listen it is told politely and not in floods: the first
 * change at once, what follows within some seconds in one. What it says at first is read like any other text.
 */
export const CalmStatus = ({ text, className }: CalmStatusProps) => (
  <>
    <p className={className}>{text}</p>
    <p role="status" className="visually-hidden">
      {useAnnouncement(text)}
    </p>
  </>
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
