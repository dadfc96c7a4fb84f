import * as v from 'valibot'
import type { ForumOperations } from './forum.ts'
import { hostileAnswerNames } from './hostile-answers.ts'
import { isNotificationTypeName, type NotificationTypeName } from './notification-types.ts'

const times = v.pipe(v.number(), v.integer(), v.minValue(1))
const scope = { path: v.exactOptional(v.string()), times: v.exactOptional(times) }

const userChanges = {
  password: v.exactOptional(v.string()),
  name: v.exactOptional(v.nullable(v.string())),
  staff: v.exactOptional(v.boolean()),
  trustLevel: v.exactOptional(v.number()),
  groups: v.exactOptional(v.array(v.number())),
  suspended: v.exactOptional(v.boolean()),
  canMessage: v.exactOptional(v.boolean()),
  chatNotifications: v.exactOptional(v.number()),
  reviewables: v.exactOptional(v.number()),
  unseenReviewables: v.exactOptional(v.number()),
  tracking: v.exactOptional(v.object({ new: v.number(), unread: v.number() })),
  mergedNewView: v.exactOptional(v.boolean()),
  doNotDisturbUntil: v.exactOptional(v.nullable(v.number())),
  lastSeenAt: v.exactOptional(v.nullable(v.number())),
}

const typeName = v.custom<NotificationTypeName>(
  (input) => typeof input === 'string' && isNotificationTypeName(input),
  'This is no type of notification',
)

const data = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(v.number())]))

const schemas = {
  createUser: v.strictObject({ username: v.pipe(v.string(), v.minLength(1)), ...userChanges }),
  updateUser: v.strictObject({ user: v.string(), changes: v.strictObject(userChanges) }),
  reviewables: v.strictObject({ user: v.string(), count: v.number(), unseen: v.exactOptional(v.number()) }),
  doNotDisturb: v.strictObject({ user: v.string(), until: v.nullable(v.number()) }),
  notify: v.strictObject({
    user: v.string(),
    type: typeName,
    topicTitle: v.exactOptional(v.string()),
    from: v.exactOptional(v.string()),
    excerpt: v.exactOptional(v.string()),
    postNumber: v.exactOptional(v.number()),
    highPriority: v.exactOptional(v.boolean()),
    createdAt: v.exactOptional(v.number()),
    data: v.exactOptional(data),
  }),
  markRead: v.strictObject({ user: v.string(), what: v.union([v.literal('all'), v.number()]) }),
  user: v.strictObject({ user: v.string() }),
  key: v.strictObject({ id: v.number() }),
  notifications: v.strictObject({ user: v.string(), ids: v.array(v.number()) }),
  notificationChanges: v.strictObject({
    user: v.string(),
    id: v.number(),
    changes: v.strictObject({ data: v.exactOptional(data), read: v.exactOptional(v.boolean()) }),
  }),
  chatMessage: v.strictObject({
    user: v.string(),
    from: v.string(),
    text: v.exactOptional(v.string()),
    channel: v.exactOptional(v.string()),
    mention: v.exactOptional(v.string()),
    watchedThread: v.exactOptional(v.number()),
  }),
  topicId: v.strictObject({ id: v.number() }),
  topic: v.strictObject({ id: v.number(), visible: v.boolean() }),
  grantKey: v.strictObject({
    user: v.string(),
    scopes: v.exactOptional(v.array(v.string())),
    clientId: v.exactOptional(v.string()),
    applicationName: v.exactOptional(v.string()),
    expiresAt: v.exactOptional(v.number()),
  }),
  readOnly: v.strictObject({ readOnly: v.boolean() }),
  configure: v.strictObject({
    allowedScopes: v.exactOptional(v.array(v.string())),
    allowedRedirects: v.exactOptional(v.array(v.string())),
    allowedPushUrls: v.exactOptional(v.array(v.string())),
    minTrustLevel: v.exactOptional(v.number()),
    allowedGroups: v.exactOptional(v.array(v.number())),
    allowedClientScopes: v.exactOptional(v.array(v.string())),
    deviceFlow: v.exactOptional(v.boolean()),
    discourseConnect: v.exactOptional(v.boolean()),
    ignoresPadding: v.exactOptional(v.boolean()),
    longPolling: v.exactOptional(v.boolean()),
    busBacklog: v.exactOptional(times),
    longPollingSeconds: v.exactOptional(v.number()),
    alertDelays: v.exactOptional(v.array(v.pipe(v.number(), v.minValue(0)))),
    consolidates: v.exactOptional(v.boolean()),
    revokeUnusedDays: v.exactOptional(v.number()),
    revokeMaxLifeDays: v.exactOptional(v.number()),
    unusedClientDays: v.exactOptional(v.number()),
    maxKeyExpiryDays: v.exactOptional(v.number()),
    loginRequired: v.exactOptional(v.boolean()),
    chatEnabled: v.exactOptional(v.boolean()),
    avatarsInMenus: v.exactOptional(v.boolean()),
    description: v.exactOptional(v.string()),
  }),
  fault: v.variant('kind', [
    v.strictObject({ kind: v.literal('latency'), ms: v.number(), ...scope }),
    v.strictObject({
      kind: v.literal('error-page'),
      status: v.picklist([502, 503]),
      retryAfter: v.exactOptional(v.union([v.number(), v.string()])),
      ...scope,
    }),
    v.strictObject({ kind: v.literal('buffer'), ...scope }),
    v.strictObject({ kind: v.literal('drop'), ...scope }),
    v.strictObject({ kind: v.literal('cut'), afterMs: v.number(), ...scope }),
    v.strictObject({ kind: v.literal('drop-answer'), ...scope }),
    v.strictObject({ kind: v.literal('html'), ...scope }),
    v.strictObject({ kind: v.literal('flood'), bytes: v.exactOptional(v.number()), ...scope }),
    v.strictObject({
      kind: v.literal('redirect'),
      to: v.pipe(v.string(), v.url()),
      status: v.exactOptional(v.picklist([301, 302, 307, 308])),
      ...scope,
    }),
    v.strictObject({ kind: v.literal('limited'), retryAfter: v.number(), ...scope }),
    v.strictObject({ kind: v.literal('queue'), retryAfter: v.number(), ...scope }),
    v.strictObject({ kind: v.literal('forbidden'), ...scope }),
    v.strictObject({ kind: v.literal('strip-key'), ...scope }),
    v.strictObject({ kind: v.literal('hostile'), answer: v.picklist(hostileAnswerNames), ...scope }),
    v.strictObject({ kind: v.literal('hostile-json'), seed: v.number(), ...scope }),
  ]),
  authorize: v.strictObject({ authorizeUrl: v.pipe(v.string(), v.url()), user: v.string() }),
  approveDevice: v.strictObject({
    verificationUrl: v.pipe(v.string(), v.url()),
    userCode: v.string(),
    user: v.string(),
    decision: v.picklist(['authorize', 'deny']),
  }),
  limits: v.strictObject({
    keyPerMinute: v.exactOptional(times),
    keyPerDay: v.exactOptional(times),
    ip: v.exactOptional(v.nullable(v.strictObject({ per10Seconds: times, perMinute: times }))),
  }),
  clock: v.strictObject({ ms: v.pipe(v.number(), v.minValue(0)) }),
  count: v.strictObject({ count: times }),
  nothing: v.strictObject({}),
}

/** Reads the JSON of a control request and does what it says. `result` is what the library gives, if anything. */
export interface ControlOperation {
  readonly takes: string
  readonly run: (input: unknown) => unknown
}

/**
 * The library's operations by name, as the control interface offers them. Each throws `ValiError` for input it does
 * not take, and what the library throws.
 */
export function controlOperations(forum: ForumOperations): ReadonlyMap<string, ControlOperation> {
  const operation = <Schema extends v.GenericSchema>(
    schema: Schema,
    takes: string,
    act: (input: v.InferOutput<Schema>) => unknown,
  ): ControlOperation => ({ takes, run: (input) => act(v.parse(schema, input)) })

  return new Map<string, ControlOperation>([
    [
      'create-user',
      operation(schemas.createUser, '{username, password?, staff?, ...}', (user) => forum.createUser(user)),
    ],
    [
      'update-user',
      operation(schemas.updateUser, '{user, changes}', ({ user, changes }) => forum.updateUser(user, changes)),
    ],
    [
      'set-reviewables',
      operation(schemas.reviewables, '{user, count, unseen?}', ({ user, count, unseen }) =>
        forum.setReviewables(user, count, unseen),
      ),
    ],
    [
      'set-do-not-disturb',
      operation(schemas.doNotDisturb, '{user, until: milliseconds or null}', ({ user, until }) =>
        forum.setDoNotDisturb(user, until),
      ),
    ],
    [
      'notify',
      operation(schemas.notify, '{user, type, topicTitle?, from?, excerpt?, ...}', (event) => forum.notify(event)),
    ],
    [
      'mark-read',
      operation(schemas.markRead, '{user, what: id or "all"}', ({ user, what }) => forum.markRead(user, what)),
    ],
    ['see', operation(schemas.user, '{user}', ({ user }) => forum.see(user))],
    [
      'set-topic-visible',
      operation(schemas.topic, '{id, visible}', ({ id, visible }) => forum.setTopicVisible(id, visible)),
    ],
    [
      'destroy-notifications',
      operation(schemas.notifications, '{user, ids}', ({ user, ids }) => forum.destroyNotifications(user, ids)),
    ],
    [
      'change-notification',
      operation(schemas.notificationChanges, '{user, id, changes}', ({ user, id, changes }) =>
        forum.changeNotification(user, id, changes),
      ),
    ],
    [
      'chat-message',
      operation(schemas.chatMessage, '{user, from, text?, channel?, mention?, watchedThread?}', (message) =>
        forum.chatMessage(message),
      ),
    ],
    ['read-chat', operation(schemas.user, '{user}', ({ user }) => forum.readChat(user))],
    ['delete-topic', operation(schemas.topicId, '{id}', ({ id }) => forum.deleteTopic(id))],
    ['take-backup', operation(schemas.nothing, '{}', () => forum.takeBackup())],
    ['restore-backup', operation(schemas.nothing, '{}', () => forum.restoreBackup())],
    ['keys', operation(schemas.user, '{user}', ({ user }) => forum.keys(user))],
    ['grant-key', operation(schemas.grantKey, '{user, scopes?, ...}', (grant) => forum.grantKey(grant))],
    ['revoke-key', operation(schemas.key, '{id}', ({ id }) => forum.revokeKey(id))],
    ['revoke-keys', operation(schemas.user, '{user}', ({ user }) => forum.revokeKeys(user))],
    ['undo-revoke-key', operation(schemas.key, '{id}', ({ id }) => forum.undoRevokeKey(id))],
    ['expire-key', operation(schemas.key, '{id}', ({ id }) => forum.expireKey(id))],
    ['set-read-only', operation(schemas.readOnly, '{readOnly}', ({ readOnly }) => forum.setReadOnly(readOnly))],
    ['configure', operation(schemas.configure, '{allowedRedirects?, ...}', (changes) => forum.configure(changes))],
    ['reset-settings', operation(schemas.nothing, '{}', () => forum.resetSettings())],
    ['fault', operation(schemas.fault, '{kind, path?, times?, ...}', (fault) => forum.fault(fault))],
    ['clear-faults', operation(schemas.nothing, '{}', () => forum.clearFaults())],
    ['requests', operation(schemas.nothing, '{}', () => forum.requests)],
    ['clear-requests', operation(schemas.nothing, '{}', () => forum.clearRequests())],
    ['traffic', operation(schemas.nothing, '{}', () => forum.traffic())],
    ['open-requests', operation(schemas.nothing, '{}', () => forum.openRequests())],
    ['waiting-requests', operation(schemas.nothing, '{}', () => forum.waitingRequests())],
    ['held-polls', operation(schemas.nothing, '{}', () => forum.heldPolls())],
    ['when-quiet', operation(schemas.nothing, '{}', () => forum.whenQuiet())],
    ['reset-bus', operation(schemas.nothing, '{}', () => forum.resetBus())],
    ['skip-bus', operation(schemas.count, '{count}', ({ count }) => forum.skipBus(count))],
    ['authorize', operation(schemas.authorize, '{authorizeUrl, user}', (request) => forum.authorize(request))],
    [
      'approve-device',
      operation(schemas.approveDevice, '{verificationUrl, userCode, user, decision}', (approval) =>
        forum.approveDevice(approval),
      ),
    ],
    ['run-clean-up', operation(schemas.nothing, '{}', () => forum.runCleanUp())],
    ['advance-clock', operation(schemas.clock, '{ms}', ({ ms }) => forum.advanceClock(ms))],
    ['set-limits', operation(schemas.limits, '{keyPerMinute?, ...}', (limits) => forum.setLimits(limits))],
  ])
}
