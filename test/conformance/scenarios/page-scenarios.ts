import { ecPublicKey, REDIRECT } from '../application.ts'
import { assert, equal, matches } from '../expectations.ts'
import type { Answer, Fields } from '../http.ts'
import { objectIn } from '../json.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { versions } from '../version.ts'

const NO_MODEL = 'the page has no JSON model'
const ofModel: Pick<Scenario, 'profiles' | 'elsewhere' | 'needs'> = {
  profiles: ['latest'],
  elsewhere: NO_MODEL,
  needs: ['member'],
}
const NO_PADDING = 'padding is not known'

/** The page model, asked for by a logged-in member. */
async function modelOf(site: Site, changes: Fields): Promise<Answer> {
  const member = await site.member()
  return member.get('/user-api-key/new.json', site.application.request({ auth_redirect: REDIRECT, ...changes }))
}

/** Checks the answer to a key that is not RSA: an uncaught exception before 2026. */
function isBadKeyAnswer(site: Site, answer: Answer): void {
  equal(answer.status, site.profile === 'latest' ? 200 : 500, 'status')
  if (site.profile === 'latest') equal(answer.json['state'], 'generic_error', 'state')
}

const badKeyPath = ({ profile }: Site): string =>
  profile === 'latest' ? '/user-api-key/new.json' : '/user-api-key/new'

/** Checklist 1 to 14: probe and authorize page. */
export const pageScenarios: readonly Scenario[] = [
  {
    number: 1,
    title: 'HEAD new returns version 4 and advertises the device flow',
    profiles: versions,
    needs: [],
    run: async (site) => {
      const answer = await site.send('HEAD', '/user-api-key/new')
      equal(answer.status, 200, 'status')
      equal(answer.headers.get('auth-api-version'), '4', 'Auth-Api-Version')
      equal(answer.headers.get('auth-api-device-code'), site.profile === 'latest' ? 'true' : null, 'device header')
    },
  },
  {
    number: 2,
    title: 'a public key that is not RSA fails before login',
    profiles: versions,
    needs: [],
    run: async (site) => {
      const query = site.application.request({ public_key: ecPublicKey(), auth_redirect: REDIRECT })
      isBadKeyAnswer(site, await site.send('GET', badKeyPath(site), { query }))
    },
  },
  {
    number: 3,
    title: 'a public key that is not RSA fails for a member too',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const query = site.application.request({ public_key: ecPublicKey(), auth_redirect: REDIRECT })
      isBadKeyAnswer(site, await member.get(badKeyPath(site), query))
    },
  },
  {
    number: 4,
    title: 'padding is in the page model only if it was sent',
    profiles: ['latest'],
    elsewhere: NO_PADDING,
    needs: ['member'],
    run: async (site) => {
      equal((await modelOf(site, {})).json['padding'] ?? null, null, 'padding')
      equal((await modelOf(site, { padding: 'oaep' })).json['padding'], 'oaep', 'padding')
    },
  },
  {
    number: 5,
    title: 'an unknown padding is 400',
    profiles: ['latest'],
    elsewhere: NO_PADDING,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const query = site.application.request({ auth_redirect: REDIRECT, padding: 'invalid' })
      equal((await member.get('/user-api-key/new', query)).status, 400, 'status')
    },
  },
  {
    number: 6,
    title: 'the write scope is flagged',
    ...ofModel,
    run: async (site) => equal((await modelOf(site, { scopes: 'write' })).json['write_scope'], true, 'write_scope'),
  },
  {
    number: 7,
    title: 'the read scope is not flagged',
    ...ofModel,
    run: async (site) => equal((await modelOf(site, { scopes: 'read' })).json['write_scope'], false, 'write_scope'),
  },
  {
    number: 8,
    title: 'discourse://auth_redirect is shown without a warning',
    ...ofModel,
    run: async (site) => {
      const { json } = await modelOf(site, {})
      equal([json['state'], json['redirect_uri'] ?? null], ['ready', null], 'state and redirect_uri')
    },
  },
  {
    number: 9,
    title: 'the host of another redirect is shown',
    ...ofModel,
    run: async (site) => {
      const answer = await modelOf(site, { auth_redirect: 'https://api.discourse.org/api/auth_redirect' })
      equal(answer.json['redirect_uri'], 'api.discourse.org', 'redirect_uri')
    },
  },
  {
    number: 10,
    title: 'a custom scheme is shown without a trailing colon',
    profiles: ['latest'],
    elsewhere: NO_MODEL,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', { allowedRedirects: ['myapp://callback'] })
      const answer = await modelOf(site, { auth_redirect: 'myapp://callback' })
      equal(answer.json['redirect_uri'], 'callback', 'redirect_uri')
    },
  },
  {
    number: 11,
    title: 'a redirect that is not allowed gives the generic error and is not shown',
    profiles: ['latest'],
    elsewhere: 'the redirect is checked when the key is created',
    needs: ['member'],
    run: async (site) => {
      const answer = await modelOf(site, { auth_redirect: 'https://evil.example/steal' })
      equal(answer.json['state'], 'generic_error', 'state')
      equal(answer.json['redirect_uri'] ?? null, null, 'redirect_uri')
    },
  },
  {
    number: 12,
    title: 'the page model of a valid request is complete',
    ...ofModel,
    run: async (site) => {
      const { json } = await modelOf(site, {})
      equal(json['state'], 'ready', 'state')
      const names = ['application_name', 'client_id', 'current_user', 'localized_scopes', 'nonce', 'public_key']
      const missing = [...names, 'scopes', 'write_scope'].filter((name) => json[name] === undefined)
      equal(missing, [], 'missing fields')
    },
  },
  {
    number: 13,
    title: 'a member outside the allowed groups is told so',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      await site.control('configure', site.profile === '2.9' ? { minTrustLevel: 4 } : { allowedGroups: [14] })
      const member = await site.member({ trustLevel: 1 })
      const query = site.application.request({ auth_redirect: REDIRECT })
      const page = await member.get('/user-api-key/new', query)
      equal(page.status, 200, 'status')
      assert(!/action="[^"]*\/user-api-key"/.test(page.text), 'the page lets the member authorize')
      if (site.profile !== 'latest') return
      const { json } = await member.get('/user-api-key/new.json', query)
      equal(json['state'], 'no_trust_level', 'state')
      equal(json['application_name'], 'Conformance check', 'application_name')
      equal(objectIn(json['current_user'])['username'], member.username, 'current_user')
    },
  },
  {
    number: 14,
    title: 'with a redirect on the list the page is ready; anonymous visitors log in first',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const query = site.application.request({ auth_redirect: REDIRECT })
      equal((await member.get('/user-api-key/new', query)).status, 200, 'status')
      if (site.profile === 'latest') {
        equal((await member.get('/user-api-key/new.json', query)).json['state'], 'ready', 'state')
      }
      const stranger = await site.send('GET', '/user-api-key/new', { query })
      equal(stranger.status, 302, 'status for a stranger')
      matches(stranger.location, /\/(login|session\/sso)$/, 'where the stranger is sent')
      const cookies = stranger.headers.getSetCookie().join('\n')
      matches(decodeURIComponent(cookies), /destination_url=.*\/user-api-key\/new\?/, 'destination_url')
    },
  },
]
