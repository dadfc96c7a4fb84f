import { randomBytes } from 'node:crypto'
import { readChat, sendChatMessage } from './chat.ts'
import { runCleanUp } from './clean-up.ts'
import type { ForumOperations, KeyView, NewNotification } from './forum.ts'
import type { StoredKey } from './key-store.ts'
import { publishUserChanges } from './live-updates.ts'
import { approveInBrowser, authorizeInBrowser } from './member-in-browser.ts'
import {
  addNotification,
  changeNotification,
  destroyNotifications,
  readAllNotifications,
  readNotifications,
  seeNotifications,
} from './notification-changes.ts'
import { notificationData } from './notification-data.ts'
import type { Notification, Topic } from './notification-store.ts'
import { comesWithPost, isHighPriorityType, notificationTypes } from './notification-types.ts'
import { ipLimits, keyLimits } from './rate-limits.ts'
import type { Site } from './site.ts'
import type { User, UserChanges } from './user-store.ts'

const PLUGIN_TYPES = 800

/** The library API over a site. */
export function forumOperations(site: Site): ForumOperations {
  const { users, notifications, keys, settings: atStart } = site
  const change = (username: string, changes: UserChanges): User => {
    const before = users.need(username)
    const after = users.change(before.id, changes)
    publishUserChanges(site, before, after)
    return after
  }
  /** Doing something in the browser counts as being seen. */
  const inBrowser = (username: string): number => users.change(users.need(username).id, { lastSeenAt: site.now() }).id

  return {
    createUser: (options) => users.create(options),
    updateUser: change,
    setReviewables: (username, count, unseen = count) =>
      change(username, { reviewables: count, unseenReviewables: unseen }),
    setDoNotDisturb: (username, until) => change(username, { doNotDisturbUntil: until }),
    notify: (event) => addNotification(site, newNotification(site, event)),
    rows: (username) => notifications.ofUser(users.need(username).id).filter((row) => notifications.isInSight(row)),
    destroyNotifications: (username, ids) =>
      destroyNotifications(site, users.need(username).id, ({ id }) => ids.includes(id)),
    changeNotification: (username, id, changes) => changeNotification(site, users.need(username).id, id, changes),
    chatMessage: (message) => sendChatMessage(site, message),
    readChat: (username) => readChat(site, inBrowser(username)),
    markRead: (username, what) =>
      what === 'all'
        ? readAllNotifications(site, inBrowser(username))
        : openNotification(site, inBrowser(username), what),
    see: (username) => seeNotifications(site, inBrowser(username)),
    resetBus: () => site.bus.reset(),
    skipBus: (count) => site.bus.skip(count),
    heldPolls: () => site.bus.heldPolls,
    setTopicVisible: (topicId, visible) => notifications.setTopicVisible(topicId, visible),
    deleteTopic: (topicId) => notifications.deleteTopic(topicId),
    takeBackup: () => {
      const seen = users.all().map((user) => [user.id, user.seenNotificationId] as const)
      site.backup = { notifications: notifications.backup(), seenNotificationIds: new Map(seen) }
    },
    restoreBackup: () => {
      if (site.backup === null) throw new Error('There is no backup.')
      notifications.restore(site.backup.notifications)
      for (const [id, seenNotificationId] of site.backup.seenNotificationIds) users.change(id, { seenNotificationId })
    },
    keys: (username) => keys.ofUser(users.need(username).id).map(keyView),
    grantKey: ({ user, scopes, expiresAt, ...grant }) => {
      const { clientId = randomBytes(16).toString('hex'), applicationName = 'Granted by the test' } = grant
      const userId = users.need(user).id
      if (site.profile.clientIds === 'client-table') site.clients.rename(clientId, applicationName, site.now())
      const { clear, stored } = keys.create({
        userId,
        clientId,
        applicationName,
        scopes: scopes ?? ['notifications', 'session_info'],
        pushUrl: null,
        createdAt: site.now(),
        expiresAt: expiresAt ?? null,
      })
      site.secrets.note('key', clear)
      return { id: stored.id, key: clear }
    },
    revokeKey: (id) => keys.change(id, { revokedAt: site.now() }),
    revokeKeys: (username) => {
      for (const { id } of keys.ofUser(users.need(username).id)) keys.change(id, { revokedAt: site.now() })
    },
    undoRevokeKey: (id) => keys.change(id, { revokedAt: null }),
    expireKey: (id) =>
      keys.change(id, site.profile.knowsKeyExpiry ? { expiresAt: site.now() } : { revokedAt: site.now() }),
    setReadOnly: (readOnly) => {
      site.readOnly = readOnly
    },
    configure: (changes) => {
      site.settings = { ...site.settings, ...changes }
    },
    resetSettings: () => {
      site.settings = atStart
      site.readOnly = false
    },
    fault: (fault) => site.faults.add(fault),
    clearFaults: () => site.faults.clear(),
    secretsIn: (text) => site.secrets.in(text),
    get requests() {
      return site.requests.entries
    },
    clearRequests: () => site.requests.clear(),
    traffic: () => site.requests.traffic,
    openRequests: () => site.openRequests.count,
    waitingRequests: () => site.openRequests.waiting,
    whenQuiet: () => site.openRequests.whenQuiet(),
    authorize: ({ authorizeUrl, user }) => authorizeInBrowser(authorizeUrl, users.need(user)),
    approveDevice: ({ verificationUrl, userCode, user, decision }) =>
      approveInBrowser(verificationUrl, userCode, users.need(user), decision),
    runCleanUp: () => runCleanUp(site),
    advanceClock: (ms) => site.clock.advance(ms),
    setLimits: (changes) => {
      site.limits = { ...site.limits, ...changes }
      site.keyLimits = keyLimits(site.limits)
      site.ipLimits = ipLimits(site.limits)
    },
  }
}

function newNotification(site: Site, event: NewNotification): Omit<Notification, 'id'> {
  const { number, inTopic } = notificationTypes[event.type]
  if (number > site.profile.newestNotificationType && number < PLUGIN_TYPES) {
    throw new Error(`Discourse ${site.profile.name} has no notifications of type ${event.type}.`)
  }
  const user = site.users.need(event.user)
  const from = event.from ?? 'system'
  const title = event.topicTitle ?? 'Welcome to the simulation'
  const topic = inTopic ? topicOf(site, event.topicTitle ?? null, title) : null
  const postNumber = topic === null ? null : postNumberOf(site, event, topic)
  const postId = (topic?.id ?? 1) * 1000 + (postNumber ?? 1)
  return {
    userId: user.id,
    type: number,
    typeName: event.type,
    highPriority: event.highPriority ?? isHighPriorityType(number),
    read: false,
    createdAt: event.createdAt ?? site.now(),
    topicId: topic?.id ?? null,
    postNumber,
    excerpt: event.excerpt ?? null,
    actingUsername: from,
    data: {
      ...notificationData({ type: event.type, profile: site.profile, owner: user.username, from, title, postId }),
      ...event.data,
    },
  }
}

/** Without a given title every notification is about a new topic. */
function topicOf({ notifications }: Site, wanted: string | null, title: string): Topic {
  return wanted === null ? notifications.newTopic(title) : notifications.topicTitled(wanted)
}

/** Types caused by a new post get the topic's next post number, the others that of the first reply. */
function postNumberOf({ notifications }: Site, { type, postNumber }: NewNotification, topic: Topic): number {
  if (!comesWithPost(type)) return postNumber ?? 2
  return notifications.addPost(topic.id, postNumber)
}

/** A click on a row reads it, and the posts of its topic with it. */
function openNotification(site: Site, userId: number, id: number): void {
  const topicId = site.notifications.ofUser(userId).find((one) => one.id === id)?.topicId ?? null
  if (topicId !== null) site.notifications.readTopic(userId, topicId)
  readNotifications(site, userId, (one) => one.id === id)
}

function keyView({ sha256: _, ...view }: StoredKey): KeyView {
  return view
}
