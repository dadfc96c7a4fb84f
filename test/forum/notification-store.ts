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

const NONE: readonly Notification[] = []

/** Topics and notifications. Knows nothing of HTTP nor of who may see what. */
export class NotificationStore {
  readonly #topics = new Map<number, Topic>()
  readonly #topicsByTitle = new Map<string, number>()
  /** Newest first. A list is replaced when something in it changes, so that whoever has it has it unchanged. */
  readonly #byUser = new Map<number, readonly Notification[]>()
  #lastId = 0

  /** The topic with this title, made when there is none. */
  topicTitled(title: string): Topic {
    const known = this.topic(this.#topicsByTitle.get(title) ?? 0)
    if (known !== undefined) return known
    const topic = { id: this.#topics.size + 10, title, slug: slugOf(title), visible: true }
    this.#topics.set(topic.id, topic)
    this.#topicsByTitle.set(title, topic.id)
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
    this.#lastId += 1
    const added = { ...notification, id: this.#lastId }
    const others = this.ofUser(added.userId)
    const place = others.findIndex(({ createdAt }) => createdAt <= added.createdAt)
    this.#byUser.set(added.userId, others.toSpliced(place === -1 ? others.length : place, 0, added))
    return added
  }

  /** Newest first. */
  ofUser(userId: number): readonly Notification[] {
    return this.#byUser.get(userId) ?? NONE
  }

  /** The highest id a user has, 0 without any. */
  newestId(userId: number): number {
    return this.ofUser(userId).reduce((newest, { id }) => Math.max(newest, id), 0)
  }

  isInSight({ topicId }: Notification): boolean {
    return topicId === null || this.#topics.get(topicId)?.visible === true
  }

  markRead(userId: number, concerns: (notification: Notification) => boolean): void {
    const marked = this.ofUser(userId).map((one) => (!one.read && concerns(one) ? { ...one, read: true } : one))
    this.#byUser.set(userId, marked)
  }
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? '-' : slug
}
