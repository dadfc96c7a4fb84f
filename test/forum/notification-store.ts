import type { NotificationData } from './notification-data.ts'
import type { NotificationTypeName } from './notification-types.ts'
import { slugOf } from './slug-of.ts'

/** A placeholder topic: enough for a title, an address and for being invisible to the members. */
export interface Topic {
  readonly id: number
  readonly title: string
  readonly slug: string
  readonly visible: boolean
  readonly lastPostNumber: number
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
  /** What happened in the post. Never in the list, which holds no post text (protocol.md 5.3). */
  readonly excerpt: string | null
  readonly actingUsername: string
  readonly data: NotificationData
}

const NONE: readonly Notification[] = []

/** What a backup of the database holds of the notifications. */
export interface NotificationBackup {
  readonly byUser: ReadonlyMap<number, readonly Notification[]>
  readonly lastId: number
}

/** Topics and notifications. Knows nothing of HTTP nor of who may see what. */
export class NotificationStore {
  readonly #topics = new Map<number, Topic>()
  readonly #topicsByTitle = new Map<string, number>()
  /** Newest first. A list is replaced when something in it changes, so that whoever has it has it unchanged. */
  readonly #byUser = new Map<number, readonly Notification[]>()
  /** By user and topic: the numbers of the posts that came since the user was last there. */
  readonly #unreadPosts = new Map<string, readonly number[]>()
  #lastTopicId = 9
  #lastId = 0

  /** The topic with this title, made when there is none. */
  topicTitled(title: string): Topic {
    const known = this.topic(this.#topicsByTitle.get(title) ?? 0)
    return known ?? this.newTopic(title)
  }

  newTopic(title: string): Topic {
    const topic = { id: this.#lastTopicId + 1, title, slug: slugOf(title), visible: true, lastPostNumber: 1 }
    this.#lastTopicId = topic.id
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

  /** Forgets a topic with all rows that lead to it. */
  deleteTopic(id: number): void {
    const topic = this.#topics.get(id)
    if (topic === undefined) throw new Error(`There is no topic ${id}.`)
    this.#topics.delete(id)
    this.#topicsByTitle.delete(topic.title)
    for (const userId of this.#byUser.keys()) this.destroy(userId, ({ topicId }) => topicId === id)
  }

  /** The number of the next post in a topic, or `postNumber` where the caller knows it. */
  addPost(topicId: number, postNumber?: number): number {
    const topic = this.#topics.get(topicId)
    if (topic === undefined) throw new Error(`There is no topic ${topicId}.`)
    const number = postNumber ?? topic.lastPostNumber + 1
    this.#topics.set(topicId, { ...topic, lastPostNumber: Math.max(topic.lastPostNumber, number) })
    return number
  }

  /** Counts a post among those the user has not seen, and gives all of these, oldest first. */
  addUnreadPost(userId: number, topicId: number, postNumber: number): readonly number[] {
    const name = `${userId}/${topicId}`
    const posts = [...new Set([...(this.#unreadPosts.get(name) ?? []), postNumber])].toSorted((a, b) => a - b)
    this.#unreadPosts.set(name, posts)
    return posts
  }

  /** The user was in the topic and has read its posts. */
  readTopic(userId: number, topicId: number): void {
    this.#unreadPosts.delete(`${userId}/${topicId}`)
  }

  add(notification: Omit<Notification, 'id'>): Notification {
    this.#lastId += 1
    const added = { ...notification, id: this.#lastId }
    const others = this.ofUser(added.userId)
    const place = others.findIndex(({ createdAt }) => createdAt <= added.createdAt)
    this.#byUser.set(added.userId, others.toSpliced(place === -1 ? others.length : place, 0, added))
    return added
  }

  /** Removes rows and gives them, newest first. */
  destroy(userId: number, concerns: (notification: Notification) => boolean): readonly Notification[] {
    const rows = this.ofUser(userId)
    const destroyed = rows.filter(concerns)
    if (destroyed.length > 0) {
      this.#byUser.set(
        userId,
        rows.filter((row) => !destroyed.includes(row)),
      )
    }
    return destroyed
  }

  /** Changes a row in its place: it keeps its id and time. */
  change(userId: number, id: number, changes: Partial<Pick<Notification, 'data' | 'read'>>): Notification {
    const row = this.ofUser(userId).find((one) => one.id === id)
    if (row === undefined) throw new Error(`The user has no notification ${id}.`)
    const changed = { ...row, ...changes }
    this.#byUser.set(
      userId,
      this.ofUser(userId).map((one) => (one === row ? changed : one)),
    )
    return changed
  }

  backup(): NotificationBackup {
    return { byUser: new Map(this.#byUser), lastId: this.#lastId }
  }

  /** Everything since the backup is gone, and its ids are given once more. */
  restore({ byUser, lastId }: NotificationBackup): void {
    this.#byUser.clear()
    for (const [userId, rows] of byUser) this.#byUser.set(userId, rows)
    this.#lastId = lastId
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
