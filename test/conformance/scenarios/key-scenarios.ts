import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { assert, equal, matches } from '../expectations.ts'
import { listIn, objectIn } from '../json.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { versions } from '../version.ts'
import { registerClient } from './client-scenarios.ts'
import { keyIdsOf } from './revoke-scenarios.ts'

const SECOND = 1000
const DAY = 24 * 60 * 60 * SECOND

const pollBus = (site: Site, key: string | undefined) =>
  site.send('POST', '/message-bus/conformance/poll', {
    query: { dlp: 't' },
    form: { '/notification/1': -1 },
    headers: { 'dont-chunk': 'true' },
    ...(key === undefined ? {} : { key }),
  })

/** The statuses of one request with each verb to routes that Discourse has and that do nothing here. */
async function statusesOf(site: Site, key: string): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {
    GET: (await site.send('GET', '/about.json', { key })).status,
    POST: (await site.send('POST', '/bookmarks.json', { key, form: {} })).status,
  }
  // Of posts, which can be updated by PATCH as well; bookmarks cannot.
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    statuses[method] = (await site.send(method, '/posts/999999999.json', { key, form: {} })).status
  }
  return statuses
}

/** Checklist 71 to 76, 90 and 92: what keys may do, how often, and for how long. */
export const keyScenarios: readonly Scenario[] = [
  {
    number: 71,
    title: 'message_bus and notifications allow the message bus, mark-read and revoke, but no other GET',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { key } = await site.memberWithKey({ scopes: 'message_bus,notifications' })
      const other = await site.send('GET', '/about.json', { key })
      equal([other.status, other.errorType], [403, 'invalid_access'], 'another GET')
      const text = await site.send('GET', '/about', { key })
      matches(text.headers.get('content-type'), /^text\/plain/, 'content type without .json')
      if (site.controlled) await site.control('configure', { loginRequired: true })
      // Below a folder the scope does not match, and a key that does not match is anonymous (protocol.md 3, 5.6).
      const anonymous = site.controlled && new URL(site.url).pathname !== '/'
      equal((await pollBus(site, key)).status, anonymous ? 403 : 200, 'message bus')
      const read = await site.send('PUT', '/notifications/read.json', { key, form: { id: 999_999_999 } })
      equal(read.status, 200, 'mark-read')
      equal((await site.send('POST', '/user-api-key/revoke.json', { key })).status, 200, 'revoke')
    },
  },
  {
    number: 72,
    title: 'write allows all five methods',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const statuses = await statusesOf(site, await site.keyOf(await site.member(), { scopes: 'write' }))
      const refused = Object.entries(statuses).filter(([, status]) => status === 403)
      equal(refused, [], 'refused verbs')
    },
  },
  {
    number: 73,
    title: 'read allows GET only',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { GET: get, ...others } = await statusesOf(site, await site.keyOf(await site.member(), { scopes: 'read' }))
      equal(get, 200, 'GET')
      equal(Object.values(others), [403, 403, 403, 403], 'the other verbs')
    },
  },
  {
    number: 74,
    title: 'each use of a key updates its last_used_at',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      // With a unique name, because a member of a real forum has other keys too.
      const name = `Conformance check ${randomBytes(4).toString('hex')}`
      const key = await site.keyOf(member, { application_name: name })
      const lastUsed = async (): Promise<number> => {
        const { json } = await member.get(`/u/${member.username}.json`)
        const own = listIn(objectIn(json['user'])['user_api_keys']).find((one) => one['application_name'] === name)
        assert(own !== undefined, 'the profile does not list the key')
        return Date.parse(String(own?.['last_used_at'] ?? new Date(0).toISOString()))
      }
      const before = await lastUsed()
      if (site.controlled) await site.control('advance-clock', { ms: 5000 })
      else await sleep(SECOND)
      equal((await site.send('GET', '/session/current.json', { key })).status, 200, 'status')
      assert((await lastUsed()) > before, 'last_used_at did not change')
    },
  },
  {
    number: 75,
    title: 'a key in the query string is accepted for calendars and feeds only',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const query = { user_api_key: await site.keyOf(member, { scopes: 'read' }) }
      equal((await site.send('GET', `/u/${member.username}/bookmarks.ics`, { query })).status, 200, 'calendar')
      equal((await site.send('GET', '/latest.rss', { query })).status, 200, 'feed')
      equal((await site.send('GET', '/notifications.json', { query })).status, 403, 'JSON')
    },
  },
  {
    number: 76,
    title: 'limits of one request per minute and per day: the second is 429 with the limit’s code and the time to wait',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { key } = await site.memberWithKey()
      const use = () => site.send('GET', '/session/current.json', { key })
      const normal = { keyPerMinute: 20, keyPerDay: 2880 }
      try {
        await site.control('set-limits', { ...normal, keyPerMinute: 1 })
        equal((await use()).status, 200, 'first of the minute')
        const second = await use()
        equal([second.status, second.errorType], [429, 'rate_limit'], 'second of the minute')
        const code = second.headers.get('discourse-rate-limit-error-code')
        equal(code, 'user_api_key_limiter_60_secs', 'code of the minute')
        const wait = Number(second.headers.get('retry-after'))
        assert(wait > 0 && wait <= 60, `Retry-After of the minute: ${wait}`)
        equal(objectIn(second.json['extras'])['wait_seconds'], wait, 'wait_seconds')

        await site.control('set-limits', { ...normal, keyPerDay: 1 })
        equal((await use()).status, 200, 'first of the day')
        const daily = await use()
        equal(daily.status, 429, 'second of the day')
        equal(daily.headers.get('discourse-rate-limit-error-code'), 'user_api_key_limiter_1_day', 'code of the day')
        assert(Number(daily.headers.get('retry-after')) > 80_000, 'Retry-After of the day is short')
        await site.control('advance-clock', { ms: DAY })
        equal((await use()).status, 200, 'a day later')
      } finally {
        await site.control('set-limits', normal)
      }
    },
  },
  {
    number: 90,
    title: 'the message bus is anonymous on a public site, also for a revoked key, and 403 where login is required',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const { key } = await site.memberWithKey()
      await site.send('POST', '/user-api-key/revoke.json', { key })
      equal((await pollBus(site, undefined)).status, 200, 'anonymous')
      const revoked = await pollBus(site, key)
      equal(revoked.status, 200, 'revoked key')
      const [message] = listIn(JSON.parse(revoked.text))
      equal(message?.['channel'], '/__status', 'channel')
      await site.control('configure', { loginRequired: true })
      equal((await pollBus(site, undefined)).status, 403, 'anonymous where login is required')
      equal((await pollBus(site, key)).status, 403, 'revoked key where login is required')
    },
  },
  {
    number: 92,
    title: 'the clean-up jobs revoke unused and expired keys, and delete unused registered clients with their keys',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const use = async (key: string): Promise<number> =>
        (await site.send('GET', '/session/current.json', { key })).status
      const member = await site.member()
      const unused = await site.keyOf(member)
      const used = await site.keyOf(member)
      await site.control('advance-clock', { ms: 179 * DAY })
      await site.control('run-clean-up')
      equal(await use(used), 200, 'used key before 180 days')
      await site.control('advance-clock', { ms: 2 * DAY })
      await site.control('run-clean-up')
      equal([await use(unused), await use(used)], [403, 200], 'unused and used key after 181 days')
      if (site.profile === '2.9') return
      await site.control('configure', { revokeMaxLifeDays: 100 })
      await site.control('run-clean-up')
      equal(await use(used), 403, 'key above the greatest age')

      await site.control('reset-settings')
      const registered = await registerClient(site)
      const query = { client_id: registered['client_id'] }
      const known = async (): Promise<number> => (await site.send('HEAD', '/user-api-key-client', { query })).status
      const other = await site.member()
      const ordinary = await site.keyOf(other)
      const granted = await other.post('/user-api-key.json', { ...registered, nonce: 'n' })
      equal([granted.status < 400, (await keyIdsOf(other)).length], [true, 2], 'key of the registered client')
      await site.control('advance-clock', { ms: 31 * DAY })
      await site.control('run-clean-up')
      equal([await known(), (await keyIdsOf(other)).length], [400, 1], 'registered client after 31 days')
      equal(await use(ordinary), 200, 'key of an ordinary client')
    },
  },
]
