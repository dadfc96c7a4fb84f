import { ecPublicKey, REDIRECT } from '../application.ts'
import { equal, matches } from '../expectations.ts'
import type { Fields } from '../http.ts'
import { openBrowser } from '../member.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { versions } from '../version.ts'
import { registerClient } from './client-scenarios.ts'

const ask = (site: Site, changes: Fields = {}): Fields => ({
  application_name: 'Conformance check',
  public_key: site.application.publicKey,
  auth_redirect: REDIRECT,
  ...changes,
})

/** Logs a fresh browser in with the password, from the page that asks for it; gives the cookies it got. */
async function logInOnce(site: Site, password: string): Promise<string> {
  const browser = openBrowser(site.url)
  equal((await browser.get(`/session/otp/${password}`)).status, 200, 'status of the confirm page')
  const bare = await site.send('POST', `/session/otp/${password}`)
  equal([bare.status, bare.text], [403, '["BAD CSRF"]'], 'without the token of the page')
  const answer = await browser.post(`/session/otp/${password}`, {})
  return answer.headers
    .getSetCookie()
    .filter((line) => line.startsWith('_t='))
    .join('\n')
}

/** Checklist 69 and 70: one-time passwords. */
export const otpScenarios: readonly Scenario[] = [
  {
    number: 69,
    title: 'the OTP page checks padding (400), redirect (403) and public key (400)',
    profiles: ['latest'],
    elsewhere: 'the page checks nothing before it is submitted',
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const page = (changes?: Fields) => member.get('/user-api-key/otp.json', ask(site, changes))
      equal((await page()).json['padding'] ?? null, null, 'padding')
      equal((await page({ padding: 'oaep' })).json['padding'], 'oaep', 'padding')
      equal((await page({ padding: 'invalid' })).status, 400, 'bad padding')
      equal((await page({ auth_redirect: 'https://evil.example/callback' })).status, 403, 'redirect')
      equal((await page({ public_key: ecPublicKey() })).status, 400, 'bad key')
      if (!site.controlled) return
      const client = await registerClient(site)
      await site.control('configure', { allowedRedirects: ['https://*.example/callback'] })
      const differs = { public_key: client['public_key'], auth_redirect: 'https://evil.example/callback' }
      equal((await page(differs)).status, 403, 'not the redirect of the client')
    },
  },
  {
    number: 70,
    title: 'only a permitted member gets a one-time password; it logs in once within ten minutes',
    profiles: versions,
    needs: ['member', 'control'],
    run: async (site) => {
      const create = async (member: Awaited<ReturnType<Site['member']>>, changes: Fields = {}) =>
        member.post('/user-api-key/otp', ask(site, changes))
      equal((await site.send('POST', '/user-api-key/otp', { form: ask(site) })).status, 403, 'stranger')
      await site.control('configure', { minTrustLevel: 2 })
      equal((await create(await site.member({ staff: true, trustLevel: 1 }))).status, 302, 'staff')
      equal((await create(await site.member({ trustLevel: 1 }))).status, 403, 'below the group')
      await site.control('configure', { minTrustLevel: 0, allowedScopes: ['read', 'write'] })
      const member = await site.member()
      equal((await create(member)).status, 403, 'scope switched off')
      await site.control('reset-settings')
      equal((await create(member, { auth_redirect: 'https://evil.example/' })).status, 403, 'redirect')

      const passwordOf = async (changes: Fields, padding: 'pkcs1' | 'oaep'): Promise<string> => {
        const { status, location } = await create(member, changes)
        equal(status, 302, 'status')
        matches(location, /^discourse:\/\/auth_redirect\?oneTimePassword=/, 'redirect')
        return site.application.decryptText(new URL(location).searchParams.get('oneTimePassword') ?? '', padding)
      }
      const password = await passwordOf({}, 'pkcs1')
      matches(password, /^[0-9a-f]{32}$/, 'password')
      matches(await logInOnce(site, password), /_t=/, 'cookies after logging in')
      equal(await logInOnce(site, password), '', 'cookies the second time')
      const late = await passwordOf({ padding: 'oaep' }, site.profile === 'latest' ? 'oaep' : 'pkcs1')
      await site.control('advance-clock', { ms: 600_000 })
      equal(await logInOnce(site, late), '', 'cookies after ten minutes')
    },
  },
]
