import { describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { fc } from '../../test/rig/properties.ts'
import { type BusAlert, readBusAlert } from './bus-alert.ts'

const base = 'https://forum.example/talk'
/** As `PostAlerter` publishes it (protocol.md 5.6). */
const message = {
  notification_type: 2,
  post_number: 3,
  topic_title: 'Release notes :tada:',
  topic_id: 12,
  excerpt: 'I like &lt;b&gt;\n it :heart:',
  username: 'alice',
  post_url: '/talk/t/release-notes/12/3',
}

const read = (data: unknown): BusAlert => {
  const alert = readBusAlert(data, base, 'eve')
  if (!alert.ok) throw new Error(alert.failure.code)
  return alert.value
}

describe('an alert of the live channel', () => {
  it('says who, what and where', () => {
    const alert = read(message)
    expect(alert).toEqual({
      kind: 'replied',
      actor: 'alice',
      title: 'Release notes 🎉',
      place: null,
      topic: 12,
      postNumber: 3,
      isDirectMessage: false,
      excerpt: 'I like &lt;b&gt; it ❤️',
      url: `${base}/t/release-notes/12/3`,
    })
    expect(notificationText(createTranslate(), alert)).toBe('alice replied in “Release notes 🎉”')
  })

  it('names the group', () => {
    const alert = read({ ...message, notification_type: 15, group_name: 'helpers' })
    expect(notificationText(createTranslate(), alert)).toBe('alice mentioned @helpers in “Release notes 🎉”')
  })

  it('accepts numbers as text, and unknown kinds', () => {
    expect(read({ ...message, notification_type: '4711', topic_id: '12', post_number: '3' })).toMatchObject({
      kind: 'unknown',
      topic: 12,
      postNumber: 3,
    })
  })

  it('keeps the excerpt as long as forums send it', () => {
    expect(read({ ...message, excerpt: 'x'.repeat(500) }).excerpt).toBe(`${'x'.repeat(399)}…`)
  })

  it.each([
    ['//evil.example/x', '/t/topic/12/3'],
    ['javascript:alert(1)', '/t/topic/12/3'],
    [null, '/t/topic/12/3'],
    ['https://forum.example/talk/t/x/12/3', '/t/x/12/3'],
  ])('with the address %j leads to %s', (post_url, path) => {
    expect(read({ ...message, post_url }).url).toBe(base + path)
  })

  it('without a topic links to the notifications', () => {
    const alert = read({ notification_type: 1 })
    expect(alert).toMatchObject({ actor: null, title: null, excerpt: null, url: `${base}/u/eve/notifications` })
    expect(notificationText(createTranslate(), alert)).toBe('Somebody mentioned you in a topic')
  })

  it.each([[null], [[]], ['x'], [{}], [{ notification_type: 'x' }]])('is not %j', (data) => {
    const failure = { code: 'answer_unreadable', params: { host: 'forum.example/talk' } }
    expect(readBusAlert(data, base, 'eve')).toEqual({ ok: false, failure })
  })

  it('links to the site only, whatever is sent', () => {
    const any = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.jsonValue())
    const data = fc.record({
      notification_type: fc.nat(),
      post_url: any,
      topic_id: any,
      post_number: any,
      username: any,
    })
    fc.assert(
      fc.property(data, (sent) => {
        const { url } = read(sent)
        expect(new URL(url).href.startsWith(`${base}/`)).toBe(true)
      }),
    )
  })
})
