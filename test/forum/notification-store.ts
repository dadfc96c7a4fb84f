import type { NotificationData } from './notification-data.ts'
import type { NotificationTypeName } from './notification-types.ts'

/** A placeholder topic: enough for a title, an address and for being invisible to the members. */
export interface Topic {
  readonly id: number
  readonly title: string
  readonly slug: string
  readonly visible: boolean
}

export interface Notification {
  readonly id: number
  readonly userId: number
  readonly type: number
  readonly typeName: NotificationTypeName
  readonly highPriority: boolean
  readonly read: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly topicId: number | null
  readonly postNumber: number | null
  /** What happened in the post. Never in the list, which holds no post text (protocol 5.3). */
  readonly excerpt: string | null
  readonly actingUsername: string
  readonly data: NotificationData
}

/** Topics and notifications. Knows nothing of HTTP nor of who may see what. */
export class NotificationStore {
  readonly #topics = new Map<number, Topic>()
  readonly #notifications = new Map<number, Notification>()

  /** The topic with this title, made when there is none. */
  topicTitled(title: string): Topic {
    for (const topic of this.#topics.values()) if (topic.title === title) return topic
    const topic = { id: this.#topics.size + 10, title, slug: slugOf(title), visible: true }
    this.#topics.set(topic.id, topic)
    return topic
  }

  topic(id: number): Topic | undefined {
    return this.#topics.get(id)
  }

  topics(): readonly Topic[] {
    return [...this.#topics.values()]
  }

  setTopicVisible(id: number, visible: boolean): void {
    const topic = this.#topics.get(id)
    if (topic === undefined) throw new Error(`There is no topic ${id}.`)
    this.#topics.set(id, { ...topic, visible })
  }

  add(notification: Omit<Notification, 'id'>): Notification {
    const added = { ...notification, id: this.#notifications.size + 1 }
    this.#notifications.set(added.id, added)
    return added
  }

  /** Newest first. */
  ofUser(userId: number): readonly Notification[] {
    return [...this.#notifications.values()]
      .filter((notification) => notification.userId === userId)
      .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  }

  isInSight({ topicId }: Notification): boolean {
    return topicId === null || this.#topics.get(topicId)?.visible === true
  }

  markRead(userId: number, concerns: (notification: Notification) => boolean): void {
    for (const notification of this.ofUser(userId)) {
      if (concerns(notification)) this.#notifications.set(notification.id, { ...notification, read: true })
    }
  }
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? '-' : slug
}
