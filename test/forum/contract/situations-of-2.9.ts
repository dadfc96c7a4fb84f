import { logIn } from '../test-browser.ts'
import {
  application,
  bus,
  create,
  createWithout,
  everyType,
  fourChannels,
  get,
  head,
  login,
  markRead,
  mention,
  news,
  perDay,
  perMinute,
  probeForJson,
  readOnly,
  readOnlyCreate,
  readOnlyWithNews,
  recentList,
  revoke,
  type Situation,
  send,
  suspend,
  withNews,
  withoutRedirect,
} from './situation.ts'

const alerted = { settings: { alertDelays: [0] }, before: mention }
const twoChannels = { notification: 0, 'notification-alert': 0 }

/** What led to the recordings of 2.9, by their names, which somebody else gave. */
export const situationsOf29: Readonly<Record<string, Situation>> = {
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
  'readonly-create-key': readOnlyCreate,
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
