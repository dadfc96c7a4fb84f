import type { ReactNode } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'

interface SentenceProps {
  readonly item: NotificationItem
  /** The sentence about it. */
  readonly text: string
  /** Renders a part of the text. */
  readonly write?: (part: string) => ReactNode
}

/** The sentence about a notification, with the name of the person who did it in bold. */
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
