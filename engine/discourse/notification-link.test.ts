import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { notificationJson, notificationSamples as samples } from '../../test/rig/notification-samples.ts'
import { readNotifications } from './notification-item.ts'

const base = 'https://forum.example'
const folder = 'https://forum.example/talk'

const readOne = (json: unknown, site = base, me = 'eve'): NotificationItem => {
  const list = readNotifications({ notifications: [json] }, site, me)
  const item = list.ok ? list.value.items[0] : undefined
  if (item === undefined) throw new Error('The item could not be read.')
  return item
}

/** A sample with other `data`. */
const withData = (kind: keyof typeof samples, data: Record<string, unknown>, changes = {}): Record<string, unknown> =>
  notificationJson({ ...samples[kind], data: { ...samples[kind].data, ...data } }, changes)

describe('the link to a topic', () => {
  const url = (changes: Record<string, unknown>): string => readOne(notificationJson(samples.liked, changes)).url

  it.each([
    ['the first post', { post_number: 1 }, '/t/release-notes/12'],
    ['no post', { post_number: null }, '/t/release-notes/12'],
    ['no slug', { slug: undefined }, '/t/topic/12/3'],
    ['an empty slug', { slug: '' }, '/t/-/12/3'],
    ['the slug of forums without', { slug: '-' }, '/t/-/12/3'],
    ['a slug of other letters', { slug: 'новости' }, '/t/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/12/3'],
    ['a slug that is encoded already', { slug: '%D0%BD' }, '/t/%D0%BD/12/3'],
    ['a slug that leads away', { slug: '..' }, '/t/-/12/3'],
    ['a slug with a path', { slug: '../../x?y#z' }, '/t/..%2F..%2Fx%3Fy%23z/12/3'],
    ['a slug that leads away, encoded', { slug: '%2e%2E' }, '/t/-/12/3'],
  ])('with %s', (_, changes, path) => expect(url(changes)).toBe(base + path))
})

describe('other links', () => {
  const url = (kind: keyof typeof samples, data: Record<string, unknown>, site = folder): string =>
    readOne(withData(kind, data), site).url

  it('encode names in other scripts', () => {
    const item = readOne(notificationJson({ number: 8, data: { display_username: 'Łucja' } }))
    expect(item).toMatchObject({ actor: 'Łucja', url: `${base}/u/%C5%81ucja` })
    expect(readOne(notificationJson({ number: 900, data: {} }), base, '猫').url).toBe(
      `${base}/u/%E7%8C%AB/notifications`,
    )
    expect(url('granted_badge', { username: 'Łucja' })).toBe(`${folder}/badges/17/reader?username=%C5%82ucja`)
  })

  it('lead into threads', () => {
    expect(url('chat_mention', { chat_thread_id: 12 })).toBe(`${folder}/chat/c/general/4/t/12`)
    expect(url('chat_watched_thread', { chat_thread_id: null })).toBe(`${folder}/chat/c/-/4/99`)
    expect(url('chat_mention', { chat_channel_slug: null, chat_message_id: null })).toBe(`${folder}/chat/c/-/4`)
  })

  it.each([
    ['/chat/c/-/4/99', '/chat/c/-/4/99'],
    ['/talk/chat/c/-/4/99', '/chat/c/-/4/99'],
    ['https://forum.example/talk/t/x/5?u=eve#top', '/t/x/5?u=eve#top'],
    ['http://forum.example/talk/t/x/5', '/t/x/5'],
  ])('follow a bookmark to %s', (given, path) => {
    expect(url('bookmark_reminder', { bookmarkable_url: given })).toBe(folder + path)
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    '/\\evil.example/x',
    '/\t/evil.example/x',
    '\\\\evil.example',
    'https://evil.example/talk/t/x/5',
    'https://forum.example@evil.example/talk/x',
    'https://forum.example.evil.example/talk/x',
    'https://forum.example:8443/talk/x',
    'https://forum.example/other/x',
    'https://forum.example/talk/../other',
    'https://forum.example/talk/%2e%2E/other',
    '/talk/../other',
    '/talk/..\\other',
    '/talk/.\t./other',
    '/%2e%2e/x',
    'talk/x',
    '',
  ])('do not follow a bookmark to %j', (given) => {
    expect(url('bookmark_reminder', { bookmarkable_url: given })).toBe(`${folder}/u/eve/notifications`)
    const withTopic = withData('bookmark_reminder', { bookmarkable_url: given }, { topic_id: 12, post_number: 2 })
    expect(readOne(withTopic, folder).url).toBe(`${folder}/t/topic/12/2`)
  })
})
