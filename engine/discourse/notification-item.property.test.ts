import * as v from 'valibot'
import { expect, it } from 'vitest'
import { notificationSchema } from '../../common/contract/notification.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { notificationSamples as samples } from '../../test/rig/notification-samples.ts'
import { fc } from '../../test/rig/properties.ts'
import { readNotifications } from './notification-item.ts'

// Everything that a hostile or broken forum may send.

const hostile = fc.constantFrom(
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  '/../../x',
  'https://evil.example/t/1',
  '..',
  '%2e%2e',
  '<script>alert(1)</script>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '\u202egnp.exe',
  '\ud800',
  '$t(app.name)',
  '{{who}}',
  '3 replies',
)
const t = createTranslate()
const base = 'https://forum.example'
const folder = 'https://forum.example/talk'

const keys = [
  ...new Set(Object.values(samples).flatMap(({ data }) => Object.keys(data))),
  'bookmarkable_url',
  'chat_thread_id',
  'consolidated_count',
  'reply_to_post_number',
  'username2',
  '__proto__',
]
const text = fc.oneof(hostile, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
const value = fc.oneof(text, fc.integer(), fc.double(), fc.constant(null), fc.boolean(), fc.jsonValue())
const data = fc.oneof(fc.dictionary(fc.constantFrom(...keys), value), fc.jsonValue())
const anyItem = fc.record(
  {
    id: fc.nat().map((id) => id + 1),
    notification_type: fc.oneof(fc.constantFrom(...Object.values(samples).map(({ number }) => number)), fc.nat()),
    created_at: fc.constant('2026-05-04T03:02:01Z'),
    read: value,
    high_priority: value,
    topic_id: value,
    post_number: value,
    slug: value,
    fancy_title: value,
    data,
  },
  { requiredKeys: ['id', 'notification_type', 'created_at'] },
)

it('whatever a forum sends yields plain text on one line and a link on the site, in its folder', () => {
  fc.assert(
    fc.property(anyItem, fc.constantFrom(base, folder, 'https://forum.example:8443/u'), text, (json, site, me) => {
      const list = readNotifications({ notifications: [json] }, site, me)
      const item = list.ok ? list.value.items[0] : undefined
      if (item === undefined) throw new Error('The item could not be read.')
      expect(v.is(notificationSchema, item)).toBe(true)
      const url = new URL(item.url)
      expect(item.url.startsWith(`${site}/`)).toBe(true)
      expect(url.origin).toBe(new URL(site).origin)
      expect(url.href.startsWith(`${site}/`)).toBe(true)
      // Our own isolates, around what runs from right to left, are no marks of the forum's.
      const said = notificationText(t, item).replaceAll(/[\u2068\u2069]/g, '')
      for (const shown of [said, item.actor, item.secondActor, item.title, item.place, item.excerpt]) {
        expect(shown ?? '').not.toMatch(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect((shown ?? '').length).toBeLessThanOrEqual(1000)
      }
      expect(said).not.toBe('')
      expect(said).not.toMatch(/^notification\./)
    }),
    { numRuns: 2000 },
  )
})

it('whatever a forum sends never throws', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (json) => {
      expect([true, false]).toContain(readNotifications(json, base, 'eve').ok)
      expect([true, false]).toContain(readNotifications({ notifications: [json] }, base, 'eve').ok)
    }),
    { numRuns: 500 },
  )
})
