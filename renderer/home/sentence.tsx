import type { ReactNode } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'

interface SentenceProps {
  readonly item: NotificationItem
  /** What is said about it. */
  readonly text: string
  /** Writes a part of the text. */
  readonly write?: (part: string) => ReactNode
}

/** The sentence about a notification, in which the name of who did it stands out. */
export const Sentence = ({ item, text, write = (part) => part }: SentenceProps) => {
  const actor = item.actorName ?? item.actor
  const at = actor === null ? -1 : text.indexOf(actor)
  if (actor === null || at < 0) return write(text)
  return (
    <>
      {write(text.slice(0, at))}
      <b>{write(actor)}</b>
      {write(text.slice(at + actor.length))}
    </>
  )
}
