import type { Fault } from './faults.ts'
import type { StoredKey } from './key-store.ts'
import type { NotificationData } from './notification-data.ts'
import type { Notification } from './notification-store.ts'
import type { NotificationTypeName } from './notification-types.ts'
import type { Limits } from './rate-limits.ts'
import type { LoggedRequest, Traffic } from './request-log.ts'
import type { Settings } from './settings.ts'
import type { NewUser, User, UserChanges } from './user-store.ts'

/** A granted key as tests see it. There is no clear key: the forum does not have it either. */
export type KeyView = Omit<StoredKey, 'sha256'>

export interface NewNotification {
  /** Who receives it. */
  readonly user: string
  readonly type: NotificationTypeName
  readonly topicTitle?: string
  /** Who caused it. */
  readonly from?: string
  readonly excerpt?: string
  readonly postNumber?: number
  /** To make one of another type high priority (protocol.md 6). */
  readonly highPriority?: boolean
  /** Milliseconds since the epoch; the forum's clock when absent. */
  readonly createdAt?: number
  /** Merged over the default data of the type. */
  readonly data?: NotificationData
}

export type NotificationChanges = Partial<Pick<Notification, 'data' | 'read'>>

export interface NewChatMessage {
  /** Who is to be notified, or not. */
  readonly user: string
  readonly from: string
  readonly text?: string
  /** The title of the channel; a direct message when absent. */
  readonly channel?: string
  /** Whom the message mentions: the user by name, `here`, `all`, or a group. */
  readonly mention?: string
  /** The id of a thread that the user watches. */
  readonly watchedThread?: number
}

interface KeyGrant {
  readonly user: string
  readonly scopes?: readonly string[]
  readonly clientId?: string
  readonly applicationName?: string
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number
}

interface Authorization {
  /** The address the application would open in the browser. */
  readonly authorizeUrl: string
  readonly user: string
}

export interface AuthorizationResult {
  /** Where the browser was sent, for a request with `auth_redirect`. */
  readonly redirect?: string
  /** Base64 with its newlines, from the redirect or from the paste page. */
  readonly payload?: string
}

interface DeviceApproval {
  /** Either address of the forum's answer: with the request in it or without. */
  readonly verificationUrl: string
  readonly userCode: string
  readonly user: string
  readonly decision: 'authorize' | 'deny'
}

/** What can be done to a forum, as a library and, under the same names, over its control interface. */
export interface ForumOperations {
  createUser(options: NewUser): User
  /** Publishes bus messages for a changed review queue and do-not-disturb. */
  updateUser(username: string, changes: UserChanges): User
  /** How many things wait in the user's review queue; `unseen`, all of them by default, were not looked at yet. */
  setReviewables(username: string, count: number, unseen?: number): User
  /** Until when the user has do-not-disturb on, in milliseconds since the epoch. */
  setDoNotDisturb(username: string, until: number | null): User
  notify(event: NewNotification): Notification
  /** The user's notification rows in sight, the newest first. */
  rows(username: string): readonly Notification[]
  /** The user reads one notification, or all, in the browser, and has been on the site with it. */
  markRead(username: string, what: number | 'all'): void
  /** The user opens the bell menu: everything counts as seen, nothing as read (protocol.md 5.1). The user was here. */
  see(username: string): void
  /** A plugin or a job destroys rows; publishes a bus message for each. */
  destroyNotifications(username: string, ids: readonly number[]): void
  /** A plugin rewrites a row under its id; publishes a bus message (protocol.md 14.2). */
  changeNotification(username: string, id: number, changes: NotificationChanges): Notification
  /**
   * Somebody writes in chat. A direct message raises the chat count; one that mentions the user is a notification
   * row and a chat count; in a thread that the user watches it is a row that changes. Other messages are nothing to
   * the user (protocol.md 14.4).
   */
  chatMessage(message: NewChatMessage): { readonly id: number }
  /** The user reads chat in the browser: count and mentions are read, without a bus message. */
  readChat(username: string): void
  setTopicVisible(topicId: number, visible: boolean): void
  /** Removes the rows that lead to it as well, without a bus message (protocol.md 14.1). */
  deleteTopic(topicId: number): void
  /** Keeps what the database holds of notifications, for `restoreBackup`. */
  takeBackup(): void
  /** What happened since the backup is gone, and ids are given once more; the message bus goes on. */
  restoreBackup(): void
  keys(username: string): readonly KeyView[]
  /** Mints a key without the browser and gives its clear text. Scopes default to `notifications,session_info`. */
  grantKey(grant: KeyGrant): { readonly id: number; readonly key: string }
  revokeKey(id: number): void
  revokeKeys(username: string): void
  /** The user undoes it on the Apps page: the key is good again (protocol.md 14.8). */
  undoRevokeKey(id: number): void
  /** Ends a key's life by time: `expires_at` where the version knows it, else as the clean-up job does. */
  expireKey(id: number): void
  setReadOnly(readOnly: boolean): void
  configure(changes: Partial<Settings>): void
  /** Back to the settings the forum started with, and to writing. */
  resetSettings(): void
  fault(fault: Fault): void
  clearFaults(): void
  /** What of a text only this forum and its client may know: keys, nonces, one-time passwords, device codes. */
  secretsIn(text: string): readonly string[]
  readonly requests: readonly LoggedRequest[]
  /** Also resets `traffic`. */
  clearRequests(): void
  /** Totals over all requests since the start. */
  traffic(): Traffic
  /** How many requests the forum is working on: without held polls, and without those a fault delays. */
  openRequests(): number
  /** How many requests wait: held polls, and those that a fault delays. */
  waitingRequests(): number
  /** How many polls of the message bus are held. */
  heldPolls(): number
  /** Resolves as soon as there are no open requests. What is still on its way here does not count. */
  whenQuiet(): Promise<void>
  /** The message bus forgets everything: positions begin at 0 again, as after a loss of the server's store. */
  resetBus(): void
  /** Every channel of the message bus goes on by so many messages that are no longer in its backlog. */
  skipBus(count: number): void
  /**
   * Does the browser's part over real HTTP: logs in, opens the page, presses Authorize.
   * @throws Error with the page's status and sentence when the forum does not go along.
   */
  authorize(authorization: Authorization): Promise<AuthorizationResult>
  /**
   * Does the browser's part of the device flow over real HTTP: logs in, types the code, presses Authorize or Deny.
   * @throws Error with the page's status and sentence when the forum does not go along.
   */
  approveDevice(approval: DeviceApproval): Promise<void>
  /** The daily jobs: revokes unused and too old keys, deletes unused registered clients (protocol.md 2.1). */
  runCleanUp(): void
  /** Moves the forum's clock ahead of the one it was given, for everything that waits, expires or is limited by time. */
  advanceClock(ms: number): void
  /** Changes the global limits; what was counted so far is forgotten (protocol.md 2.3). */
  setLimits(limits: Partial<Limits>): void
}

/** A running forum. */
export interface Forum extends ForumOperations {
  /** Base address with the folder, without a trailing slash. */
  readonly url: string
  readonly origin: string
  /** `null` unless started with `control: true`. */
  readonly controlUrl: string | null
  /** Stops at once, open connections included. */
  stop(): Promise<void>
}
