import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  type NotificationItem,
  notificationKinds,
  notificationSchema,
  notificationShapes,
} from '../../common/contract/notification.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { notificationIcon, notificationText } from '../../common/i18n/notification-text.ts'
import {
  notificationJson,
  notificationSamples as samples,
  notificationVariants as variants,
} from '../../test/rig/notification-samples.ts'
import { readNotifications } from './notification-item.ts'

const t = createTranslate()
const base = 'https://forum.example'
const folder = 'https://forum.example/talk'

const readList = (notifications: unknown, site = base, me = 'eve') => {
  const list = readNotifications({ notifications, seen_notification_id: 5 }, site, me)
  if (!list.ok) throw new Error(list.failure.code)
  return list.value
}

const readOne = (json: unknown, site = base, me = 'eve'): NotificationItem => {
  const [item] = readList([json], site, me).items
  if (item === undefined) throw new Error('The item could not be read.')
  return item
}

/** A sample with other `data`, or without some of it. */
const withData = (kind: keyof typeof samples, data: Record<string, unknown>, changes = {}): Record<string, unknown> =>
  notificationJson({ ...samples[kind], data: { ...samples[kind].data, ...data } }, changes)

describe.each(notificationKinds)('a notification of the kind %s', (kind) => {
  const sample = samples[kind]

  it('has a text, a link and an actor', () => {
    const item = readOne(notificationJson(sample))
    expect(v.parse(notificationSchema, item)).toEqual(item)
    expect({ kind: item.kind, text: notificationText(t, item), url: item.url, actor: item.actor }).toEqual({
      kind,
      text: sample.text,
      url: base + sample.path,
      actor: /alice|bob/.exec(sample.text)?.[0] ?? null,
    })
    expect(notificationIcon(kind)).toMatch(/^[a-z]+$/)
    expect(item).toMatchObject({ id: 1000 + sample.number, read: false, createdAt: Date.UTC(2026, 4, 4, 3, 2, 1) })
  })

  it('stays in the folder of its site', () => {
    expect(readOne(notificationJson(sample), folder).url).toBe(folder + sample.path)
  })

  it.each([
    ['no data', { data: {} }],
    ['nulls', { data: Object.fromEntries(Object.keys(sample.data).map((key) => [key, null])) }],
    ['data that is no object', { data: 'none' }],
    ['only what no version leaves out', { data: undefined, slug: undefined, fancy_title: undefined, read: undefined }],
  ])('with %s still makes a sentence and a link', (_, changes) => {
    const item = readOne(notificationJson(sample, { ...changes, topic_id: null, fancy_title: null }), folder)
    const text = notificationText(t, item)
    expect(text).toMatch(/^[A-Z0-9][\w’: ]+$/)
    expect(text).not.toMatch(/undefined|null|notification\.|\b0\b/)
    expect(item.url.startsWith(`${folder}/`)).toBe(true)
  })

  it('reads numbers that come as strings', () => {
    const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)
    const json = notificationJson({
      ...sample,
      data: Object.fromEntries(Object.entries(sample.data).map(([key, value]) => [key, asText(value)])),
    })
    const item = readOne(Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asText(value)])))
    expect(item).toEqual(readOne(notificationJson(sample)))
  })
})

describe('a notification in another form', () => {
  it.each(variants.map((variant) => [variant.kind, variant.text, variant] as const))(
    '%s: %s',
    (kind, text, variant) => {
      const item = readOne(notificationJson(variant, variant.item))
      expect(v.parse(notificationSchema, item)).toEqual(item)
      expect({ kind: item.kind, shape: item.shape, text: notificationText(t, item), url: item.url }).toEqual({
        kind,
        shape: variant.shape,
        text,
        url: base + variant.path,
      })
      // Some plugins encode `data` twice.
      expect(readOne(notificationJson(variant, { ...variant.item, data: JSON.stringify(variant.data) }))).toEqual(item)
      expect(readOne(notificationJson(variant, variant.item), folder).url).toBe(folder + variant.path)
    },
  )

  it('is shown for every shape there is', () => {
    const shown = new Set(variants.map(({ kind, shape }) => `${kind} ${shape}`))
    for (const [kind, shapes] of Object.entries(notificationShapes)) {
      for (const shape of shapes) expect(shown).toContain(`${kind} ${shape}`)
    }
  })
})

describe('full names', () => {
  const data = { topic_title: 'A topic', display_username: 'u10482', display_name: 'Tilda Berg' }

  it('are shown if the forum sends the acting user’s', () => {
    const item = readOne(notificationJson({ number: 2, topic: {}, data }, { acting_user_name: 'Tilda Berg' }))
    expect(notificationText(t, item)).toBe('Tilda Berg replied in “Release notes”')
    expect(item.actor).toBe('u10482')
  })

  it('are not taken from data alone, which has them even on forums that show user names', () => {
    expect(notificationText(t, readOne(notificationJson({ number: 2, topic: {}, data })))).toBe(
      'u10482 replied in “Release notes”',
    )
  })

  it('are cleaned and truncated, and an empty one is missing', () => {
    const name = (acting_user_name: unknown) =>
      readOne(notificationJson({ number: 2, topic: {}, data }, { acting_user_name })).actorName
    expect(name('Tilda\u202e\nBerg')).toBe('Tilda Berg')
    expect(name('x'.repeat(255))).toHaveLength(60)
    expect([name(''), name('\u200b'), name(7), name(null)]).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('emoji of reactions', () => {
  const text = (reaction_icon: unknown) =>
    notificationText(t, readOne(withData('reaction', { username2: null, count: 1, reaction_icon })))

  it('are shown if they are characters, and omitted if they are the forum’s own images', () => {
    expect(text('tada')).toBe('alice reacted with 🎉 to your post in “Release notes”')
    expect(text('+1')).toBe('alice reacted with 👍 to your post in “Release notes”')
    for (const icon of ['party_blob', '', null, 7, '::', '<b>']) {
      expect(text(icon)).toBe('alice reacted to your post in “Release notes”')
    }
  })
})

describe('a list of notifications', () => {
  it('returns what has been seen, and counts invalid entries', () => {
    const good = notificationJson(samples.liked)
    const odd = [
      null,
      7,
      {},
      { ...good, id: 'x' },
      { ...good, id: 0 },
      { ...good, created_at: 'never' },
      { ...good, notification_type: -1 },
    ]
    const list = readList([odd[0], good, ...odd.slice(1)])
    expect(list).toMatchObject({ seenNotificationId: 5, skipped: odd.length, items: [{ kind: 'liked' }] })
  })

  it('has no more rows than any forum sends', () => {
    const list = readList(Array.from({ length: 500 }, (_, id) => notificationJson(samples.liked, { id: id + 1 })))
    expect([list.items.length, list.items.at(-1)?.id, list.skipped]).toEqual([100, 100, 400])
  })

  it.each([
    ['9999-12-31T00:00:00Z', Date.UTC(2100)],
    ['+275760-09-13T00:00:00Z', Date.UTC(2100)],
    ['1900-01-01T00:00:00Z', 0],
  ])('bounds a time that is no time of a notification: %s', (created_at, createdAt) => {
    const list = readList([{ ...notificationJson(samples.liked), created_at }])
    expect(list.items).toMatchObject([{ createdAt }])
  })

  it('keeps the order of the forum', () => {
    const ids = [3, 9, 1].map((id) => notificationJson(samples.liked, { id }))
    expect(readList(ids).items.map(({ id }) => id)).toEqual([3, 9, 1])
  })

  it.each([[null], ['<html>'], [{}], [{ notifications: {} }], [[]]])('is not %j', (json) => {
    const failure = { code: 'answer_unreadable', params: { host: 'forum.example/talk' } }
    expect(readNotifications(json, folder, 'eve')).toEqual({ ok: false, failure })
  })

  it('does not say what was seen when the forum does not', () => {
    const list = readNotifications({ notifications: [] }, base, 'eve')
    expect(list).toEqual({ ok: true, value: { items: [], seenNotificationId: null, skipped: 0 } })
  })
})

describe('high priority', () => {
  it('comes from the item, and from the type where the item does not say', () => {
    const of = (kind: keyof typeof samples, high: unknown): boolean =>
      readOne(notificationJson(samples[kind], { high_priority: high })).highPriority
    expect([of('liked', undefined), of('private_message', undefined), of('bookmark_reminder', null)]).toEqual([
      false,
      true,
      true,
    ])
    expect([of('liked', true), of('private_message', false)]).toEqual([true, false])
  })
})

describe('people', () => {
  const liked = (data: Record<string, unknown>): string => notificationText(t, readOne(withData('liked', data)))

  it('are one, two or many', () => {
    expect(liked({ username2: null, count: null })).toBe('alice liked your post in “Release notes”')
    expect(liked({ username2: null, count: 1 })).toBe('alice liked your post in “Release notes”')
    expect(liked({ username2: 'bob', count: 2 })).toBe('alice and bob liked your post in “Release notes”')
    expect(liked({ username2: null, count: 2 })).toBe('alice and 1 other liked your post in “Release notes”')
    expect(liked({ username2: 'bob', count: 7 })).toBe('alice and 6 others liked your post in “Release notes”')
    expect(liked({ username2: 'alice', count: 1 })).toBe('alice liked your post in “Release notes”')
  })

  it('are named in the server’s order', () => {
    const keys = ['username', 'display_username', 'mentioned_by_username', 'invited_by_username', 'original_username']
    for (const [index, key] of keys.entries()) {
      const data = Object.fromEntries(keys.slice(index).map((name) => [name, `by_${name}`]))
      expect(readOne(notificationJson({ number: 29, data })).actor).toBe(`by_${key}`)
    }
  })

  it('are not taken for the name of a group that something was assigned to', () => {
    const item = readOne(
      withData('assigned', { message: 'discourse_assign.assign_group_notification', display_username: 'team' }),
    )
    expect(item).toMatchObject({ actor: null, place: 'team' })
    expect(notificationText(t, item)).toBe('“Release notes” was assigned to team')
  })
})

describe('replies that the forum combined', () => {
  it.each(['replied', 'quoted', 'posted', 'private_message'] as const)('are counted for %s', (kind) => {
    const item = readOne(withData(kind, { display_username: '4 replies' }))
    expect(item).toMatchObject({ actor: 'alice', count: 4 })
    expect(notificationText(t, item)).toBe('4 new replies in “Release notes”')
  })

  it('link to the newest first if they are replies to the topic, in newer versions', () => {
    const to = (bucket: number) => readOne(withData('replied', { consolidated_count: 3, reply_to_post_number: bucket }))
    expect(to(8).url).toBe(`${base}/t/release-notes/12/3`)
    expect(to(1).url).toBe(`${base}/t/release-notes/12/3?sort=new`)
    expect(notificationText(t, to(1))).toBe('3 new replies in “Release notes”')
  })
})

describe('titles', () => {
  it('are the topic’s decoded title, else the one in the data', () => {
    const title = (changes: Record<string, unknown>, data = {}): string | null =>
      readOne(withData('liked', data, changes)).title
    expect(title({ fancy_title: 'Tom &amp; Jerry&rsquo;s &lt;b&gt; :wave:t3:' })).toBe('Tom & Jerry’s <b> 👋🏼')
    expect(title({ fancy_title: null }, { topic_title: 'a &amp; b :tada:' })).toBe('a &amp; b 🎉')
    expect(title({ fancy_title: ' \u202e ' }, { topic_title: 'plain' })).toBe('plain')
  })

  it('are inserted into the sentence unchanged', () => {
    const title = '$t(app.name) {{who}} <b>x</b> &amp;'
    const item = { ...readOne(notificationJson(samples.liked)), title }
    expect(notificationText(t, item)).toBe(`alice and 2 others liked your post in “${title}”`)
  })

  it('of an unknown kind may be its own', () => {
    const item = readOne(notificationJson({ number: 4711, data: { title: 'A poll' } }))
    expect(item).toMatchObject({ kind: 'unknown', title: 'A poll', url: `${base}/u/eve/notifications` })
    expect(notificationText(t, item)).toBe('Something new in “A poll”')
  })

  it('of custom notifications are not translation keys', () => {
    expect(readOne(notificationJson({ number: 14, data: samples.custom.data })).title).toBe('Release notes')
    expect(readOne(notificationJson({ number: 14, data: { title: 'solved.title' } })).title).toBeNull()
  })
})

it('keeps the note of a bookmark', () => {
  expect(readOne(notificationJson(samples.bookmark_reminder)).excerpt).toBe('read again')
  expect(readOne(withData('bookmark_reminder', { bookmark_name: '' })).excerpt).toBeNull()
})
