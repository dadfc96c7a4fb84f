import { assert, equal, matches } from '../expectations.ts'
import { textIn } from '../json.ts'
import { idsIn, listOf, markRead, notify, notifyMany, readIdsIn, seenId } from '../notifications.ts'
import type { Scenario } from '../scenario.ts'
import { sinceVersion34, versions } from '../version.ts'

const SILENT = { recent: true, silent: true } as const
const NO_MENU = 'there is no user menu with types'
const ofMenu: Pick<Scenario, 'profiles' | 'elsewhere' | 'needs'> = {
  profiles: sinceVersion34,
  elsewhere: NO_MENU,
  needs: ['member', 'control'],
}

/** Checklist 77 to 89: totals, lists and reading. */
export const listScenarios: readonly Scenario[] = [
  {
    number: 77,
    title: 'a key with notifications reads totals and list; anonymous totals are 403',
    profiles: sinceVersion34,
    elsewhere: 'there are no totals before 3.3',
    needs: ['member'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey({ scopes: 'notifications' })
      const totals = await site.send('GET', '/notifications/totals.json', { key })
      equal([totals.status, totals.json['username']], [200, member.username], 'totals')
      equal(totals.headers.get('x-discourse-username'), member.username, 'X-Discourse-Username')
      equal((await site.send('GET', '/notifications.json', { key })).status, 200, 'list')
      const stranger = await site.send('GET', '/notifications/totals.json')
      equal([stranger.status, stranger.errorType], [403, 'not_logged_in'], 'stranger')
    },
  },
  {
    number: 78,
    title: 'the recent list marks notifications as seen, except with silent or in read-only mode',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const id = await notify(site, member.username, 'mentioned')
      await listOf(site, key, SILENT)
      await listOf(site, key)
      equal(await seenId(site, key), 0, 'seen after silent and history')
      await site.control('set-read-only', { readOnly: true })
      const readOnly = await site.send('GET', '/notifications.json', { key, query: { recent: true } })
      equal([readOnly.status, readOnly.headers.get('discourse-readonly')], [200, 'true'], 'read-only answer')
      equal(await markRead(site, key, { id }), 503, 'mark-read in read-only mode')
      await site.control('set-read-only', { readOnly: false })
      equal(await seenId(site, key), 0, 'seen after read-only')
      await listOf(site, key, { recent: true })
      equal(await seenId(site, key), id, 'seen after the recent list')
    },
  },
  {
    number: 79,
    title: 'a limit of 61, a negative one or text is 400; in 2.9 it is clamped or ignored, and a negative one is 500',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { key } = await site.memberWithKey()
      for (const limit of ['61', '-1', 'text']) {
        const statuses: number[] = []
        for (const mode of [{}, SILENT]) {
          statuses.push((await site.send('GET', '/notifications.json', { key, query: { ...mode, limit } })).status)
        }
        // The history of 2.9 has pages of 60, whatever is asked for.
        const in29 = [200, limit === '-1' ? 500 : 200]
        equal(statuses, site.profile === '2.9' ? in29 : [400, 400], `statuses for ${limit}, history and recent`)
      }
    },
  },
  {
    number: 80,
    title: 'limit is honoured, and load_more_notifications advances by it',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      await notifyMany(site, member.username, 5)
      equal(idsIn(await listOf(site, key, { ...SILENT, limit: 2 })).length, 2, 'recent')
      const history = await listOf(site, key, { limit: 2 })
      const expected = site.profile === '2.9' ? { rows: 5, offset: 60 } : { rows: 2, offset: 2 }
      equal(idsIn(history).length, expected.rows, 'history')
      const more = textIn(history['load_more_notifications'])
      matches(more, new RegExp(`^/.*notifications\\?.*offset=${expected.offset}(&|$)`), 'load_more_notifications')
      equal(history['total_rows_notifications'], 5, 'total_rows_notifications')
    },
  },
  {
    number: 81,
    title: 'the history can be filtered by all, read and unread',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const [first = 0, second = 0] = await notifyMany(site, member.username, 2)
      equal(await markRead(site, key, { id: first }), 200, 'mark-read')
      const filtered = async (filter?: string) => idsIn(await listOf(site, key, { filter }))
      equal(await filtered(), [second, first], 'all')
      equal(await filtered('read'), [first], 'read')
      equal(await filtered('unread'), [second], 'unread')
    },
  },
  {
    number: 82,
    title: 'the recent list begins with unread high-priority rows, then other unread ones (in 2.9 the newest)',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const message = await notify(site, member.username, 'private_message')
      const [unread = 0, read = 0] = await notifyMany(site, member.username, 2)
      await markRead(site, key, { id: read })
      const others = site.profile === '2.9' ? [read, unread] : [unread, read]
      equal(idsIn(await listOf(site, key, SILENT)), [message, ...others], 'order')
    },
  },
  {
    number: 83,
    title: 'pending reviewables are listed for reviewers only, and not when filtering by type',
    ...ofMenu,
    run: async (site) => {
      const has = async (key: string, query = {}): Promise<boolean> =>
        'pending_reviewables' in (await listOf(site, key, { ...SILENT, ...query }))
      const reviewer = await site.keyOf(await site.member({ staff: true, reviewables: 1 }))
      equal(await has(reviewer), true, 'reviewer')
      equal(await has(reviewer, { filter_by_types: 'mentioned' }), false, 'reviewer with a filter')
      equal(await has(await site.keyOf(await site.member())), false, 'member')
    },
  },
  {
    number: 84,
    title: 'filter_by_types filters by type',
    ...ofMenu,
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const mention = await notify(site, member.username, 'mentioned')
      await notify(site, member.username, 'liked')
      equal(idsIn(await listOf(site, key, { ...SILENT, filter_by_types: 'mentioned' })), [mention], 'ids')
    },
  },
  {
    number: 85,
    title: 'an unknown user is 404',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { key } = await site.memberWithKey()
      const query = { username: 'nobody_of_this_name' }
      equal((await site.send('GET', '/notifications.json', { key, query })).status, 404, 'status')
    },
  },
  {
    number: 86,
    title: 'rows of topics the user cannot see are absent in both modes',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const shown = await notify(site, member.username, 'mentioned', { topicTitle: `In sight of ${member.username}` })
      const hidden = await notify(site, member.username, 'mentioned', {
        topicTitle: `Out of sight of ${member.username}`,
      })
      const list = await listOf(site, key, SILENT)
      equal(idsIn(list), [hidden, shown], 'both')
      const [first] = [list['notifications']].flat()
      const topic = typeof first === 'object' && first !== null && 'topic_id' in first ? first.topic_id : null
      await site.control('set-topic-visible', { id: topic, visible: false })
      equal(idsIn(await listOf(site, key, SILENT)), [shown], 'recent')
      equal(idsIn(await listOf(site, key)), [shown], 'history')
    },
  },
  {
    number: 87,
    title: 'one row can be marked as read; another user’s id has no effect and is not an error',
    profiles: versions,
    needs: ['member', 'other-member', 'control'],
    run: async (site) => {
      const [member, other] = [await site.member(), await site.otherMember()]
      const [key, otherKey] = [await site.keyOf(member), await site.keyOf(other)]
      const mine = await notifyMany(site, member.username, 2)
      const theirs = await notify(site, other.username, 'mentioned')
      equal(await markRead(site, key, { id: mine[0] }), 200, 'own')
      equal(await markRead(site, key, { id: theirs }), 200, 'foreign')
      equal(readIdsIn(await listOf(site, key)), mine.slice(0, 1), 'own read')
      equal(readIdsIn(await listOf(site, otherKey)), [], 'foreign read')
    },
  },
  {
    number: 88,
    title: 'dismiss_types marks only these types; an unknown one is 400',
    ...ofMenu,
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const mention = await notify(site, member.username, 'mentioned')
      await notify(site, member.username, 'liked')
      equal(await markRead(site, key, { dismiss_types: 'nonsense' }), 400, 'unknown type')
      equal(await markRead(site, key, { dismiss_types: 'mentioned' }), 200, 'known type')
      equal(readIdsIn(await listOf(site, key)), [mention], 'read')
    },
  },
  {
    number: 89,
    title: 'anonymous requests for list and totals are refused, and the session is an empty 404',
    profiles: versions,
    needs: [],
    run: async (site) => {
      const list = await site.send('GET', '/notifications.json')
      equal([list.status, list.errorType], [403, 'not_logged_in'], 'list')
      const totals = await site.send('GET', '/notifications/totals.json')
      assert(totals.status === (site.profile === '2.9' ? 404 : 403), `totals: ${totals.status}`)
      const session = await site.send('GET', '/session/current.json')
      equal([session.status, session.text], [404, ''], 'session')
    },
  },
]
