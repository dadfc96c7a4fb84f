import { REDIRECT } from '../application.ts'
import { assert, equal, matches } from '../expectations.ts'
import type { Answer, Fields } from '../http.ts'
import { listIn, objectIn, textIn } from '../json.ts'
import type { Member } from '../member.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { versions } from '../version.ts'

const DAY = 86_400
const NO_EXPIRY = 'expires_in_seconds is not known'
const NO_PADDING = 'padding is not known'

const create = (site: Site, member: Member, changes: Fields = {}): Promise<Answer> =>
  member.post('/user-api-key.json', site.application.request(changes))

const payloadOf = (answer: Answer): string => textIn(answer.json['payload'])

/** The redirect of a JSON post: in the body at HEAD, a real one before (protocol.md 1.3). */
const targetOf = (answer: Answer): string => textIn(answer.json['redirect_url']) || answer.location

const granted = ({ profile }: Site): number => (profile === 'latest' ? 200 : 302)

/** Checklist 15 to 33: creating a key. */
export const createScenarios: readonly Scenario[] = [
  {
    number: 15,
    title: 'an anonymous visitor cannot create a key: 403',
    profiles: versions,
    needs: [],
    run: async (site) => {
      const answer = await site.send('POST', '/user-api-key.json', { form: site.application.request() })
      equal(answer.status, 403, 'status')
    },
  },
  {
    number: 16,
    title: 'a redirect that is not allowed is 403',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      for (const redirect of ['https://evil.example/steal', `${REDIRECT}/`, `${REDIRECT}?s=1`, 'myapp:x', '']) {
        equal((await create(site, member, { auth_redirect: redirect })).status, 403, `status for ${redirect}`)
      }
    },
  },
  {
    number: 17,
    title: 'staff outside the required group may create keys',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { minTrustLevel: 2 })
      equal((await create(site, await site.member({ staff: true, trustLevel: 1 }))).status, 200, 'status')
    },
  },
  {
    number: 18,
    title: 'a member outside the required group may not: 403',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { minTrustLevel: 2 })
      equal((await create(site, await site.member({ trustLevel: 1 }))).status, 403, 'status')
    },
  },
  {
    number: 19,
    title: 'scopes that the site does not allow are 403',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      equal((await create(site, await site.member(), { scopes: 'notifications,admin' })).status, 403, 'status')
    },
  },
  {
    number: 20,
    title: 'the redirect’s payload decrypts to the nonce, api 4 and a working key with its scopes',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const request = site.application.request({ auth_redirect: REDIRECT })
      const html = await member.post('/user-api-key', request)
      equal(html.status, 302, 'status')
      matches(html.location, /^discourse:\/\/auth_redirect\?payload=[A-Za-z0-9%_.~-]+%0A$/, 'redirect')
      const json = await member.post('/user-api-key.json', request)
      equal(json.status, granted(site), 'status of the JSON post')

      const payload = new URL(targetOf(json)).searchParams.get('payload') ?? ''
      matches(payload, /^([A-Za-z0-9+/]{60}\n)+[A-Za-z0-9+/=]{1,60}\n$/, 'payload')
      const { key, nonce, api } = site.application.decrypt(payload)
      equal(nonce, request['nonce'], 'nonce')
      equal(api, 4, 'api')
      matches(key, /^[0-9a-f]{32}$/, 'key')
      const session = await site.send('GET', '/session/current.json', { key: textIn(key) })
      equal(objectIn(session.json['current_user'])['username'], member.username, 'owner of the key')
      equal((await site.send('GET', '/about.json', { key: textIn(key) })).status, 403, 'out of scope')
    },
  },
  {
    number: 21,
    title: 'push is true for an allowed push URL',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { allowedPushUrls: ['https://push.example/here'] })
      const changes = { scopes: 'push,notifications', push_url: 'https://push.example/here' }
      const answer = await create(site, await site.member(), changes)
      equal(site.application.decrypt(payloadOf(answer))['push'], true, 'push')
    },
  },
  {
    number: 22,
    title: 'any other push URL still creates a key, with push false and the scope kept',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const answer = await create(site, member, { scopes: 'push,read', push_url: 'https://push.example/x' })
      const { push, key } = site.application.decrypt(payloadOf(answer))
      equal(push, false, 'push')
      const profile = await site.send('GET', `/u/${member.username}.json`, { key: textIn(key) })
      const own = listIn(objectIn(profile.json['user'])['user_api_keys'])
      assert(
        own.some(({ scopes }) => Array.isArray(scopes) && scopes.length === 2),
        'the key with both scopes is not listed',
      )
    },
  },
  {
    number: 23,
    title: 'without a redirect, the JSON answer has the payload',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const request = site.application.request()
      const answer = await (await site.member()).post('/user-api-key.json', request)
      equal(answer.status, 200, 'status')
      equal(site.application.decrypt(payloadOf(answer))['nonce'], request['nonce'], 'nonce')
    },
  },
  {
    number: 24,
    title: 'without a redirect, the page shows the code, and the application’s name except in 3.5',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const answer = await (await site.member()).post('/user-api-key', site.application.request())
      equal(answer.status, 200, 'status')
      matches(answer.text, /<code[^>]*>\s*[A-Za-z0-9+/]{60}\n/, 'the code on the page')
      const named = answer.text.includes('Conformance check')
      assert(named || site.profile === '3.5', 'the page does not name the application')
    },
  },
  {
    number: 25,
    title: 'key and payload have the requested expiry',
    profiles: ['latest'],
    elsewhere: NO_EXPIRY,
    needs: ['member', 'control'],
    run: async (site) => {
      const member = await site.member()
      const answer = await create(site, member, { expires_in_seconds: DAY })
      const { expires_at: end, key } = site.application.decrypt(payloadOf(answer))
      matches(end, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'expires_at')
      const use = (): Promise<Answer> => site.send('GET', '/session/current.json', { key: textIn(key) })
      await site.control('advance-clock', { ms: (DAY - 60) * 1000 })
      equal((await use()).status, 200, 'shortly before the end')
      await site.control('advance-clock', { ms: 120_000 })
      equal((await use()).status, 403, 'after the end')
    },
  },
  {
    number: 26,
    title: 'an expiry beyond the maximum is 400',
    profiles: ['latest'],
    elsewhere: NO_EXPIRY,
    needs: ['member'],
    run: async (site) => {
      const answer = await create(site, await site.member(), { expires_in_seconds: 3660 * DAY })
      equal(answer.status, 400, 'status')
    },
  },
  {
    number: 27,
    title: 'an absurdly long expiry is 400',
    profiles: ['latest'],
    elsewhere: NO_EXPIRY,
    needs: ['member'],
    run: async (site) => {
      const answer = await create(site, await site.member(), { expires_in_seconds: '1'.repeat(1000) })
      equal(answer.status, 400, 'status')
    },
  },
  {
    number: 28,
    title: 'OAEP where it is supported, otherwise PKCS#1',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const request = site.application.request({ padding: 'oaep' })
      const answer = await (await site.member()).post('/user-api-key.json', request)
      const padding = site.profile === 'latest' ? 'oaep' : 'pkcs1'
      equal(site.application.decrypt(payloadOf(answer), padding)['nonce'], request['nonce'], 'nonce')
    },
  },
  {
    number: 29,
    title: 'a payload too large for OAEP is 400 with the reason',
    profiles: ['latest'],
    elsewhere: NO_PADDING,
    needs: ['member'],
    run: async (site) => {
      const answer = await create(site, await site.member(), { padding: 'oaep', nonce: 'x'.repeat(150) })
      equal(answer.status, 400, 'status')
      matches(String(answer.json['errors']), /Payload too large for OAEP/, 'errors')
    },
  },
  {
    number: 30,
    title: 'an unknown padding is 400',
    profiles: ['latest'],
    elsewhere: NO_PADDING,
    needs: ['member'],
    run: async (site) => equal((await create(site, await site.member(), { padding: 'invalid' })).status, 400, 'status'),
  },
  {
    number: 31,
    title: 'a wildcard in the list of redirects matches',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { allowedRedirects: ['http://over.the/rainbow/*'] })
      const answer = await create(site, await site.member(), { auth_redirect: 'http://over.the/rainbow/foo' })
      equal(answer.status, granted(site), 'status')
    },
  },
  {
    number: 32,
    title: 'a wildcard does not match across the host, from 2026 on',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { allowedRedirects: ['https://*.example.com/callback'] })
      const changes = { auth_redirect: 'https://evil.example/path/.example.com/callback' }
      equal((await create(site, await site.member(), changes)).status, site.profile === 'latest' ? 403 : 302, 'status')
    },
  },
  {
    number: 33,
    title: 'the redirect’s query is kept',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { allowedRedirects: ['http://over.the/rainbow/*'] })
      const answer = await create(site, await site.member(), { auth_redirect: 'http://over.the/rainbow/?p=1' })
      matches(targetOf(answer), /^http:\/\/over\.the\/rainbow\/\?p=1&payload=/, 'redirect')
    },
  },
]
