import * as v from 'valibot'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { isNotificationTypeName, notificationTypes } from '../../test/forum/notification-types.ts'
import { profileNames, profiles } from '../../test/forum/profiles.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { parseJson } from '../parsing/parse-json.ts'
import { readBusAlert } from './bus-alert.ts'
import { createHttp } from './http.ts'
import { readNotifications } from './notification-item.ts'

const http = createHttp({ userAgent: 'notifier under test' })
let forum: Forum | undefined

afterEach(async () => {
  await forum?.stop()
})
afterAll(async () => {
  await http.close()
})

/** By type, and those that plugins always create as such (protocol.md 14). */
const highPriorityKinds: readonly string[] = [
  'private_message',
  'bookmark_reminder',
  'chat_mention',
  'chat_invitation',
  'assigned',
]

describe.each(profileNames)('the list of a forum like %s', (profile) => {
  it('has every kind it can send, with text, and links inside its folder', async () => {
    const start = Date.UTC(2026, 4, 4)
    const clock = createFakeClock(start)
    forum = await startForum({
      profile,
      path: '/talk',
      users: [{ username: 'eve' }, { username: 'alice' }],
      clock,
    })
    const { key } = forum.grantKey({ user: 'eve' })
    const names = Object.keys(notificationTypes)
      .filter(isNotificationTypeName)
      .filter((name) => {
        const { number } = notificationTypes[name]
        return number <= profiles[profile].newestNotificationType || number >= 800
      })
    const ids = names.map((type) => {
      clock.advance(1000)
      // In one topic the newest of some kinds would replace the others (protocol.md 14).
      const topicTitle = type === 'mentioned' ? 'Cats & <dogs>' : `Cats & <dogs> ${type}`
      return forum?.notify({ user: 'eve', type, from: 'alice', topicTitle }).id
    })

    const answer = await http.send({ method: 'GET', url: `${forum.url}/notifications.json`, key })
    const list = answer.ok ? readNotifications(parseJson(answer.value.text), forum.url, 'eve') : answer
    if (!list.ok) throw new Error(list.failure.code)

    expect(list.value.skipped).toBe(0)
    const newestFirst = names.map((kind, index) => ({ kind, id: ids[index], createdAt: start + (index + 1) * 1000 }))
    expect(list.value.items.map(({ kind, id, createdAt }) => ({ kind, id, createdAt }))).toEqual(
      newestFirst.toReversed(),
    )
    const t = createTranslate()
    for (const item of list.value.items) {
      expect(item.url.startsWith(`${forum.url}/`)).toBe(true)
      expect(notificationText(t, item)).not.toMatch(/&amp;|&lt;|custom\.|undefined/)
      expect(item.highPriority).toBe(highPriorityKinds.includes(item.kind))
    }
    const mention = list.value.items.find(({ kind }) => kind === 'mentioned')
    expect(mention).toMatchObject({ actor: 'alice', title: 'Cats & <dogs>', url: `${forum.url}/t/cats-dogs/10/2` })
  })

  it('says what has been seen', async () => {
    forum = await startForum({ profile, users: [{ username: 'eve' }, { username: 'alice' }] })
    const { key } = forum.grantKey({ user: 'eve' })
    const { id } = forum.notify({ user: 'eve', type: 'liked', from: 'alice' })
    forum.see('eve')
    const url = `${forum.url}/notifications.json?recent=true&silent=true`
    const answer = await http.send({ method: 'GET', url, key })
    const list = answer.ok ? readNotifications(parseJson(answer.value.text), forum.url, 'eve') : answer
    expect(list).toMatchObject({ ok: true, value: { seenNotificationId: id, items: [{ kind: 'liked', read: false }] } })
  })

  it('arrives on the live channel with the same text', async () => {
    const users = [{ username: 'eve' }, { username: 'alice' }]
    forum = await startForum({ profile, users, settings: { alertDelays: [0] } })
    const { key } = forum.grantKey({ user: 'eve', scopes: ['write'] })
    forum.notify({
      user: 'eve',
      type: 'group_mentioned',
      from: 'alice',
      topicTitle: 'Cats',
      excerpt: 'Meow &amp; :cat:',
    })
    const url = `${forum.url}/message-bus/test/poll?dlp=t`
    const poll = await http.send({ method: 'POST', url, key, json: { '/notification-alert/1': 0 } })
    const messages = poll.ok ? v.parse(v.array(v.object({ data: v.unknown() })), parseJson(poll.value.text)) : []
    const alert = readBusAlert(messages[0]?.data, forum.url, 'eve')
    expect(alert).toMatchObject({ ok: true, value: { excerpt: 'Meow &amp; 🐱', url: `${forum.url}/t/cats/10/2` } })

    const answer = await http.send({ method: 'GET', url: `${forum.url}/notifications.json`, key })
    const list = answer.ok ? readNotifications(parseJson(answer.value.text), forum.url, 'eve') : answer
    const [item] = list.ok ? list.value.items : []
    if (!alert.ok || item === undefined) throw new Error('The forum sent nothing.')
    const { kind, actor, title, place, topic } = alert.value
    expect(item).toMatchObject({ kind, actor, title, place, topic, url: alert.value.url })
  })
})
