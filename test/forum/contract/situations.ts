import type { Forum } from '../forum.ts'
import { isNotificationTypeName, type NotificationTypeName, notificationTypes } from '../notification-types.ts'
import type { Profile } from '../profiles.ts'
import type { Settings } from '../settings.ts'
import { NONCE, testApplication } from '../test-application.ts'
import { logIn } from '../test-browser.ts'

/** A forum with one member, as the recordings were made on: eve has a key, and another that she took back. */
export interface Stage {
  readonly forum: Forum
  readonly profile: Profile
  readonly key: string
  readonly deadKey: string
}

/** What led to a recorded answer. */
export interface Situation {
  readonly settings?: Partial<Settings>
  readonly limits?: { readonly keyPerMinute?: number; readonly keyPerDay?: number }
  readonly path?: string
  /** What happened on the forum before. */
  readonly before?: (stage: Stage) => void | Promise<void>
  readonly ask: (stage: Stage) => Promise<Response>
}

const application = testApplication()

type Who = 'eve' | 'dead' | 'unknown' | 'nobody'
const keyHeader = ({ key, deadKey }: Stage, who: Who): Readonly<Record<string, string>> => {
  const keys = { eve: key, dead: deadKey, unknown: 'f'.repeat(32) }
  return who === 'nobody' ? {} : { 'user-api-key': keys[who] }
}
const send = (stage: Stage, method: string, path: string, who: Who, init: RequestInit = {}): Promise<Response> =>
  fetch(`${stage.forum.url}${path}`, {
    method,
    redirect: 'manual',
    ...init,
    headers: { ...keyHeader(stage, who), ...init.headers },
  })
const get =
  (path: string, who: Who = 'eve', headers: Readonly<Record<string, string>> = {}): Situation['ask'] =>
  (stage) =>
    send(stage, 'GET', path, who, { headers })
const markRead =
  (who: Who, id: number, form = false): Situation['ask'] =>
  (stage) =>
    send(stage, 'PUT', '/notifications/mark-read.json', who, {
      headers: form ? {} : { 'content-type': 'application/json' },
      body: form ? new URLSearchParams({ id: String(id) }) : JSON.stringify({ id }),
    })
const revoke =
  (who: Who): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', '/user-api-key/revoke.json', who)
const head =
  (path: string, who: Who = 'nobody', headers: Readonly<Record<string, string>> = {}): Situation['ask'] =>
  (stage) =>
    send(stage, 'HEAD', path, who, { headers })
const probe = head('/user-api-key/new')
/** The recorder of 2.9 asked for JSON. */
const probeForJson = head('/user-api-key/new', 'nobody', { accept: 'application/json' })

/** Channels of eve by their names, with positions; polled with `dlp=t`, unless the poll is to be held. */
const bus =
  (positions: Readonly<Record<string, number>>, who: Who = 'eve', query = '?dlp=t'): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', `/message-bus/recorder/poll${query}`, who, {
      headers: { 'dont-chunk': 'true' },
      body: new URLSearchParams(
        Object.fromEntries(Object.entries(positions).map(([channel, position]) => [`/${channel}/1`, String(position)])),
      ),
    })

type Changes = Readonly<Record<string, string | undefined>>
const withoutRedirect = { auth_redirect: undefined }
/** Presses Authorize as a logged-in member. */
const create =
  (changes: Changes = withoutRedirect, path = '/user-api-key.json'): Situation['ask'] =>
  async ({ forum }) => {
    const browser = await logIn(forum.url, 'eve')
    return browser.post(path, application.params({ nonce: NONCE, ...changes }))
  }
const createWithout =
  (path: string): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', path, 'nobody', { body: new URLSearchParams(application.params(withoutRedirect)) })
const authorizePage =
  (ending: string, changes: Changes = withoutRedirect): Situation['ask'] =>
  (stage) =>
    get(`/user-api-key/new${ending}?${new URLSearchParams(application.params(changes))}`, 'nobody')(stage)

const mention = ({ forum }: Stage): void => {
  forum.notify({ user: 'eve', type: 'mentioned', from: 'bob', topicTitle: 'Bus topic' })
}
/** What the newest bus messages were about when they were recorded: in 2026 a badge, of which nothing is told in words. */
const lastNews = (stage: Stage): void => {
  if (stage.profile.name === 'latest') {
    stage.forum.notify({ user: 'eve', type: 'granted_badge' })
    return
  }
  mention(stage)
  stage.forum.setDoNotDisturb('eve', 1)
}
const readOnly = ({ forum }: Stage): void => forum.setReadOnly(true)
/** One of each type that the recorded list has. */
const everyType = async ({ forum, profile }: Stage): Promise<void> => {
  const types = Object.keys(notificationTypes).filter(isNotificationTypeName)
  const isPlayed = (name: NotificationTypeName): boolean =>
    notificationTypes[name].number <= profile.newestNotificationType && notificationTypes[name].number < 800
  for (const type of types.filter(isPlayed)) {
    forum.notify({ user: 'eve', type, from: 'bob', topicTitle: `About ${type}` })
  }
  if (!profile.hasTotals) return
  for (const name of ['all', 'eve', 'catpeople']) {
    forum.chatMessage({ user: 'eve', from: 'bob', channel: 'Cats', mention: name })
  }
}
const readOnlyWithNews = (stage: Stage): void => {
  mention(stage)
  readOnly(stage)
}
const spend = async (stage: Stage): Promise<void> => {
  await get('/session/current.json')(stage)
}

const chat = { settings: { chatEnabled: true } }
const login = { settings: { loginRequired: true } }
const perMinute = { limits: { keyPerMinute: 1 }, before: spend }
const perDay = { limits: { keyPerDay: 1 }, before: spend }
const withNews = { before: mention }
const news = { notification: -1 }
const fourChannels = { notification: -1, 'notification-alert': -1, reviewable_counts: -1, 'do-not-disturb': -1 }
const recentList = '/notifications.json?recent=true&silent=true'

/** By the names of the recordings. Those of 3.5 and 2026 have the same; those of 2.9 were given by somebody else. */
const newer: Readonly<Record<string, Situation>> = {
  about: { ask: get('/about.json', 'nobody') },
  'about-with-key': { ask: get('/about.json') },
  'basic-info': { ask: get('/site/basic-info.json', 'nobody') },
  'basic-info-with-key': { ask: get('/site/basic-info.json') },
  'bus-ahead': { ...withNews, ask: bus({ notification: 99 }) },
  'bus-anonymous': { ...withNews, ask: bus(news, 'nobody') },
  'bus-chunked': { before: lastNews, ask: bus({ notification: -2 }) },
  'bus-dead': { ...withNews, ask: bus(news, 'dead') },
  'bus-dead-known-position': { ...withNews, ask: bus({ notification: 0 }, 'dead') },
  'bus-held-empty': { settings: { longPollingSeconds: 0.05 }, ask: bus({ notification: 0 }, 'eve', '') },
  'bus-last-of-each': {
    settings: { alertDelays: [0] },
    before: lastNews,
    ask: bus({ notification: -2, 'notification-alert': -2, 'do-not-disturb': -2 }),
  },
  'bus-minus-1': { ...withNews, ask: bus(fourChannels, 'eve', '') },
  'create-anonymous': { ask: createWithout('/user-api-key.json') },
  'create-bad-csrf': { ask: createWithout('/user-api-key') },
  'create-bad-redirect-json': { ask: create({ auth_redirect: 'https://evil.example/x' }) },
  'create-json': { ask: create() },
  'create-redirect-form': { ask: create({}, '/user-api-key') },
  'head-new': { ask: probe },
  'ip-limit': {
    before: async (stage) => {
      stage.forum.setLimits({ ip: { per10Seconds: 1, perMinute: 200 } })
      await get('/srv/status', 'nobody')(stage)
    },
    ask: get('/site/basic-info.json', 'nobody'),
  },
  'limit-day': { ...perDay, ask: get('/notifications/totals.json') },
  'limit-day-first': { ...chat, limits: { keyPerDay: 1 }, ask: get('/notifications/totals.json') },
  'limit-first': { ...chat, limits: { keyPerMinute: 1 }, ask: get('/notifications/totals.json') },
  'limit-minute': { ...perMinute, ask: get('/notifications/totals.json') },
  'limit-minute-bus': { ...perMinute, ask: bus(news) },
  'limit-minute-bus-known': {
    ...perMinute,
    before: async (stage) => {
      mention(stage)
      await spend(stage)
    },
    ask: bus({ notification: 0 }),
  },
  'limit-minute-no-json': { ...perMinute, ask: get('/notifications/totals') },
  'limit-minute-put': { ...perMinute, ask: markRead('eve', 1) },
  'limit-minute-revoke': { ...perMinute, ask: revoke('eve') },
  'list-61': { ask: get(`${recentList}&limit=61`) },
  'list-dead': { ask: get('/notifications.json', 'dead') },
  'list-history': { ...chat, before: everyType, ask: get('/notifications.json?limit=60') },
  'list-recent': { ...chat, before: everyType, ask: get(`${recentList}&limit=60`) },
  'mark-read-dead': { ask: markRead('dead', 1) },
  'mark-read-one-form': { ask: markRead('eve', 1, true) },
  'mark-read-one-json': { ask: markRead('eve', 1) },
  'mark-read-unknown': { ask: markRead('eve', 99_999_999) },
  'new-anonymous': { ask: authorizePage('') },
  'new-anonymous-json': { ask: authorizePage('.json') },
  'new-missing-param': { ask: get('/user-api-key/new?scopes=notifications', 'nobody') },
  'not-routed': { ask: get('/nothing-here.json') },
  'out-of-scope': { ask: get('/latest.json') },
  'private-about': { ...login, ask: get('/about.json', 'nobody') },
  'private-basic-info': { ...login, ask: get('/site/basic-info.json', 'nobody') },
  'private-bus': { ...login, ...withNews, ask: bus(news) },
  'private-bus-dead': { ...login, ask: bus(news, 'dead') },
  'private-head-new': { ...login, ask: probe },
  'private-session-no-key': { ...login, ask: get('/session/current.json', 'nobody') },
  'private-totals': { settings: { loginRequired: true, chatEnabled: true }, ask: get('/notifications/totals.json') },
  'private-totals-dead': { ...login, ask: get('/notifications/totals.json', 'dead') },
  'private-totals-no-key': { ...login, ask: get('/notifications/totals.json', 'nobody') },
  'readonly-basic-info': { before: readOnly, ask: get('/site/basic-info.json', 'nobody') },
  'readonly-create': {
    ask: async (stage) => {
      const browser = await logIn(stage.forum.url, 'eve')
      readOnly(stage)
      return browser.post('/user-api-key.json', application.params(withoutRedirect))
    },
  },
  'readonly-mark-read': { before: readOnly, ask: markRead('eve', 1) },
  'readonly-revoke': { before: readOnly, ask: revoke('eve') },
  'readonly-session': { ...chat, before: readOnlyWithNews, ask: get('/session/current.json') },
  'readonly-totals': { ...chat, before: readOnly, ask: get('/notifications/totals.json') },
  revoke: { ask: revoke('eve') },
  'revoke-again': { ask: revoke('dead') },
  session: { ...chat, ...withNews, ask: get('/session/current.json') },
  'session-dead-key': { ask: get('/session/current.json', 'dead') },
  'session-no-key': { ask: get('/session/current.json', 'nobody') },
  'srv-status': { ask: get('/srv/status', 'nobody') },
  totals: { ...chat, ask: get('/notifications/totals.json') },
  'totals-dead-key': { ask: get('/notifications/totals.json', 'dead') },
  'totals-garbage-key': { ask: get('/notifications/totals.json', 'unknown') },
  'totals-no-json-dead': { ask: get('/notifications/totals', 'dead') },
  'totals-no-key': { ask: get('/notifications/totals.json', 'nobody') },
}

const alerted = { settings: { alertDelays: [0] }, before: mention }
const twoChannels = { notification: 0, 'notification-alert': 0 }

const oldest: Readonly<Record<string, Situation>> = {
  about: { ask: get('/about.json', 'nobody') },
  'client-id-of-another-user': {
    before: async ({ forum }) => {
      forum.createUser({ username: 'dave' })
      await (await logIn(forum.url, 'dave')).post('/user-api-key.json', application.params(withoutRedirect))
    },
    ask: create(),
  },
  'clientid-header-new': { ask: get('/session/current.json', 'eve', { 'user-api-client-id': 'another' }) },
  'device-route': { ask: (stage) => send(stage, 'POST', '/user-api-key/device.json', 'nobody') },
  'get-user-api-key-new-missing-params': { ask: get('/user-api-key/new?scopes=read', 'nobody') },
  'head-user-api-key-new': { ask: probeForJson },
  'head-with-key': { ask: head('/notifications.json', 'eve') },
  history: { ask: get('/notifications.json') },
  'inactive-user': { before: suspend, ask: get('/session/current.json') },
  'limit-61': { ask: get(`${recentList}&limit=61`) },
  'limit-negative': { ask: get(`${recentList}&limit=-1`) },
  'limit-text': { ask: get(`${recentList}&limit=abc`) },
  'login-required-about': { ...login, ask: get('/about.json', 'nobody') },
  'login-required-basic-info': { ...login, ask: get('/site/basic-info.json', 'nobody') },
  'login-required-head-new': { ...login, ask: probeForJson },
  'login-required-notifications-key': { ...login, ...withNews, ask: get(recentList) },
  'login-required-notifications-no-key': { ...login, ask: get('/notifications.json', 'nobody') },
  'login-required-session-current-unknown-key': { ...login, ask: get('/session/current.json', 'unknown') },
  'mark-read-unknown-id': { ask: markRead('eve', 999_999) },
  'message-bus-ahead': { ...alerted, ask: bus({ notification: 99, 'notification-alert': 99 }, 'eve', '') },
  'message-bus-anonymous': { ask: bus({ notification: 0 }, 'nobody') },
  'message-bus-anonymous-behind': { ...alerted, ask: bus(twoChannels, 'nobody') },
  'message-bus-anonymous-login-required': { ...login, ask: bus(news, 'nobody') },
  'message-bus-backlog-dlp': { ...alerted, ask: bus(twoChannels) },
  'message-bus-backlog-dont-chunk': { ...alerted, ask: bus(twoChannels, 'eve', '') },
  'message-bus-held-chunked': {
    settings: { longPollingSeconds: 0.2, alertDelays: [1] },
    ask: async (stage) => {
      const body = new URLSearchParams({ '/notification/1': '0', '/notification-alert/1': '0' })
      const answer = await send(stage, 'POST', '/message-bus/recorder/poll', 'eve', { body })
      mention(stage)
      return answer
    },
  },
  'message-bus-held-dont-chunk': {
    ask: async (stage) => {
      const answer = bus({ notification: 0 }, 'eve', '')(stage)
      while (stage.forum.heldPolls() === 0) await new Promise((resolve) => setImmediate(resolve))
      mention(stage)
      return answer
    },
  },
  'message-bus-held-empty': { settings: { longPollingSeconds: 0.05 }, ask: bus({ notification: 0 }, 'eve', '') },
  'message-bus-key-login-required': {
    ...login,
    before: mention,
    ask: bus({ notification: -1, 'notification-alert': -1 }),
  },
  'message-bus-last-one': {
    ...alerted,
    ask: bus({ notification: -2, 'notification-alert': -2 }, 'eve', ''),
  },
  'message-bus-status': { ask: bus(fourChannels, 'eve', '') },
  'message-bus-unknown-key': { ...alerted, ask: bus(twoChannels, 'unknown') },
  'message-bus-unknown-key-login-required': { ...login, ask: bus(news, 'unknown') },
  'notifications-all-types': { before: everyType, ask: get(`${recentList}&limit=50`) },
  'notifications-empty-recent-silent': { ask: get(`${recentList}&limit=50`) },
  'notifications-no-key': { ask: get('/notifications.json', 'nobody') },
  'notifications-one-of-each-type': { before: everyType, ask: get(`${recentList}&limit=50`) },
  'notifications-totals-404': { ask: get('/notifications/totals.json') },
  'notifications-totals-no-key': { ask: get('/notifications/totals.json', 'nobody') },
  'post-logged-in-no-csrf': {
    ask: async ({ forum }) => {
      const browser = await logIn(forum.url, 'eve')
      return browser.post('/user-api-key.json', { ...application.params(withoutRedirect), authenticity_token: '' })
    },
  },
  'post-user-api-key-anonymous': { ask: createWithout('/user-api-key.json') },
  'post-user-api-key-bad-key': { ask: create({ ...withoutRedirect, public_key: 'x' }) },
  'post-user-api-key-bad-redirect': { ask: create({ auth_redirect: 'https://evil.example/x' }) },
  'post-user-api-key-bad-scope': { ask: create({ ...withoutRedirect, scopes: 'nonsense' }) },
  'post-user-api-key-empty-redirect': { ask: create({ auth_redirect: '' }) },
  'post-user-api-key-json': { ask: create() },
  'post-user-api-key-small-key-payload-too-large': { ask: create({ ...withoutRedirect, nonce: 'n'.repeat(300) }) },
  'rate-limited-day': { ...perDay, ask: get('/session/current.json') },
  'rate-limited-minute': { ...perMinute, ask: get('/session/current.json') },
  'rate-limited-minute-bus': { ...perMinute, ask: bus({ notification: 0 }) },
  'rate-limited-minute-put': { ...perMinute, ask: markRead('eve', 1) },
  'rate-limited-minute-revoke': { ...perMinute, ask: revoke('eve') },
  'readonly-basic-info': { before: readOnly, ask: get('/site/basic-info.json', 'nobody') },
  'readonly-bus': { before: readOnly, ask: bus(news) },
  'readonly-create-key': newer['readonly-create'] ?? { ask: create() },
  'readonly-get-notifications': {
    before: readOnlyWithNews,
    ask: get(`${recentList}&limit=1`),
  },
  'readonly-head-new': { before: readOnly, ask: probeForJson },
  'readonly-mark-read': { before: readOnly, ask: markRead('eve', 1) },
  'readonly-revoke': { before: readOnly, ask: revoke('eve') },
  'readonly-session-current': { before: readOnly, ask: get('/session/current.json') },
  revoke: { ask: revoke('eve') },
  'revoke-again': { ask: revoke('dead') },
  'revoked-key-basic-info': { ask: get('/site/basic-info.json', 'dead') },
  'revoked-key-mark-read': { ask: markRead('dead', 1) },
  'revoked-key-notifications': { ask: get('/notifications.json', 'dead') },
  'revoked-key-session': { ask: get('/session/current.json', 'dead') },
  'revoked-key-totals': { ask: get('/notifications/totals.json', 'dead') },
  'scope-refused': { ask: get('/about.json') },
  'session-current': { ask: get('/session/current.json') },
  'session-current-no-key': { ask: get('/session/current.json', 'nobody') },
  'session-current-unicode': {
    ask: async (stage) => {
      stage.forum.createUser({ username: 'zoë_ü', name: 'Zoë_ü Tester' })
      const { key } = stage.forum.grantKey({ user: 'zoë_ü' })
      return get('/session/current.json')({ ...stage, key })
    },
  },
  'session-otp-post-no-csrf': {
    ask: async ({ forum }) => {
      const browser = await logIn(forum.url, 'eve')
      return browser.post('/session/otp/0123456789abcdef', { authenticity_token: '' })
    },
  },
  'site-basic-info': { ask: get('/site/basic-info.json', 'nobody') },
  'site-basic-info-with-key': { ask: get('/site/basic-info.json') },
  'srv-status': { ask: get('/srv/status', 'nobody') },
  'subfolder-bus-notifications-key': { path: '/forum', ...withNews, ask: bus({ notification: 0 }) },
  'subfolder-bus-write-key': {
    path: '/forum',
    ...withNews,
    ask: (stage) =>
      bus({ notification: 0 })({ ...stage, key: stage.forum.grantKey({ user: 'eve', scopes: ['write'] }).key }),
  },
  'subfolder-history': { path: '/forum', ...withNews, ask: get('/notifications.json') },
  'suspended-user': { before: suspend, ask: get('/session/current.json') },
  'unknown-route': { ask: get('/no/such/route.json', 'nobody') },
  'wrong-key-html': { ask: get('/notifications', 'unknown', { accept: 'text/html' }) },
  'wrong-key-json': { ask: get('/notifications.json', 'unknown') },
  'wrong-key-session-current': { ask: get('/session/current.json', 'unknown') },
}

function suspend({ forum }: Stage): void {
  forum.updateUser('eve', { suspended: true })
}

/** The situations of a folder's recordings, by name. */
export function situationsOf(folder: string): Readonly<Record<string, Situation>> {
  return folder.startsWith('2.9') ? oldest : newer
}
