import type { Forum } from '../forum.ts'
import { isNotificationTypeName, type NotificationTypeName, notificationTypes } from '../notification-types.ts'
import type { Profile } from '../profiles.ts'
import type { Settings } from '../settings.ts'
import { NONCE, testApplication } from '../test-application.ts'
import { logIn } from '../test-browser.ts'

/** A forum with one member, like those that were recorded: eve has a key, and another that she revoked. */
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

export const application = testApplication()

type Who = 'eve' | 'dead' | 'unknown' | 'nobody'
const keyHeader = ({ key, deadKey }: Stage, who: Who): Readonly<Record<string, string>> => {
  const keys = { eve: key, dead: deadKey, unknown: 'f'.repeat(32) }
  return who === 'nobody' ? {} : { 'user-api-key': keys[who] }
}
export const send = (stage: Stage, method: string, path: string, who: Who, init: RequestInit = {}): Promise<Response> =>
  fetch(`${stage.forum.url}${path}`, {
    method,
    redirect: 'manual',
    ...init,
    headers: { ...keyHeader(stage, who), ...init.headers },
  })
export const get =
  (path: string, who: Who = 'eve', headers: Readonly<Record<string, string>> = {}): Situation['ask'] =>
  (stage) =>
    send(stage, 'GET', path, who, { headers })
export const markRead =
  (who: Who, id: number, form = false): Situation['ask'] =>
  (stage) =>
    send(stage, 'PUT', '/notifications/mark-read.json', who, {
      headers: form ? {} : { 'content-type': 'application/json' },
      body: form ? new URLSearchParams({ id: String(id) }) : JSON.stringify({ id }),
    })
export const revoke =
  (who: Who): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', '/user-api-key/revoke.json', who)
export const head =
  (path: string, who: Who = 'nobody', headers: Readonly<Record<string, string>> = {}): Situation['ask'] =>
  (stage) =>
    send(stage, 'HEAD', path, who, { headers })
export const probe = head('/user-api-key/new')
/** The recorder of 2.9 asked for JSON. */
export const probeForJson = head('/user-api-key/new', 'nobody', { accept: 'application/json' })

/** Channels of eve by their names, with positions; polled with `dlp=t`, unless the poll is to be held. */
export const bus =
  (positions: Readonly<Record<string, number>>, who: Who = 'eve', query = '?dlp=t'): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', `/message-bus/recorder/poll${query}`, who, {
      headers: { 'dont-chunk': 'true' },
      body: new URLSearchParams(
        Object.fromEntries(Object.entries(positions).map(([channel, position]) => [`/${channel}/1`, String(position)])),
      ),
    })

type Changes = Readonly<Record<string, string | undefined>>
export const withoutRedirect = { auth_redirect: undefined }
/** Presses Authorize as a logged-in member. */
export const create =
  (changes: Changes = withoutRedirect, path = '/user-api-key.json'): Situation['ask'] =>
  async ({ forum }) => {
    const browser = await logIn(forum.url, 'eve')
    return browser.post(path, application.params({ nonce: NONCE, ...changes }))
  }
export const createWithout =
  (path: string): Situation['ask'] =>
  (stage) =>
    send(stage, 'POST', path, 'nobody', { body: new URLSearchParams(application.params(withoutRedirect)) })
export const authorizePage =
  (ending: string, changes: Changes = withoutRedirect): Situation['ask'] =>
  (stage) =>
    get(`/user-api-key/new${ending}?${new URLSearchParams(application.params(changes))}`, 'nobody')(stage)

export const mention = ({ forum }: Stage): void => {
  forum.notify({ user: 'eve', type: 'mentioned', from: 'bob', topicTitle: 'Bus topic' })
}
/**
 * What the newest bus messages were about when they were recorded: in 2026 a badge, of which nothing is told in words.
 */
export const lastNews = (stage: Stage): void => {
  if (stage.profile.name === 'latest') {
    stage.forum.notify({ user: 'eve', type: 'granted_badge' })
    return
  }
  mention(stage)
  stage.forum.setDoNotDisturb('eve', 1)
}
export const readOnly = ({ forum }: Stage): void => forum.setReadOnly(true)
/** One of each type that the recorded list has. */
export const everyType = async ({ forum, profile }: Stage): Promise<void> => {
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
export const readOnlyWithNews = (stage: Stage): void => {
  mention(stage)
  readOnly(stage)
}
export const spend = async (stage: Stage): Promise<void> => {
  await get('/session/current.json')(stage)
}

export const chat = { settings: { chatEnabled: true } }
export const login = { settings: { loginRequired: true } }
export const perMinute = { limits: { keyPerMinute: 1 }, before: spend }
export const perDay = { limits: { keyPerDay: 1 }, before: spend }
export const withNews = { before: mention }
export const news = { notification: -1 }
export const fourChannels = { notification: -1, 'notification-alert': -1, reviewable_counts: -1, 'do-not-disturb': -1 }
export const recentList = '/notifications.json?recent=true&silent=true'

export function suspend({ forum }: Stage): void {
  forum.updateUser('eve', { suspended: true })
}

export const readOnlyCreate: Situation = {
  ask: async (stage) => {
    const browser = await logIn(stage.forum.url, 'eve')
    readOnly(stage)
    return browser.post('/user-api-key.json', application.params(withoutRedirect))
  },
}
