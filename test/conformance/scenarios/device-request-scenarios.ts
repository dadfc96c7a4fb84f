import { askForDevice, createDevice, deviceAuthIn, enterCode, pollStatus } from '../device-flow.ts'
import { equal, matches } from '../expectations.ts'
import type { Fields } from '../http.ts'
import { textIn } from '../json.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'

const ONLY_LATEST = { profiles: ['latest'], elsewhere: 'there is no device flow' } as const

const isRefused = async (site: Site, changes: Fields, status: number): Promise<string> => {
  const answer = await askForDevice(site, changes)
  equal(answer.status, status, 'status')
  return String(answer.json['errors'])
}

/** Checklist 37 to 46, 59, 63 and part of 64: what the device asks for. */
export const deviceRequestScenarios: readonly Scenario[] = [
  {
    ...ONLY_LATEST,
    number: 37,
    title: 'a device request returns codes, URLs, lifetime and interval, and may not be cached',
    needs: [],
    run: async (site) => {
      const { status, headers, json } = await askForDevice(site)
      equal(status, 200, 'status')
      const sent = ['cache-control', 'pragma', 'expires', 'referrer-policy'].map((name) => headers.get(name))
      equal(sent, ['no-store', 'no-cache', '0', 'same-origin'], 'headers')
      matches(json['device_code'], /^[0-9a-f]{64}$/, 'device_code')
      matches(json['user_code'], /^[A-Z2-9]{4}-[A-Z2-9]{4}$/, 'user_code')
      equal(json['verification_uri'], `${site.url}/user-api-key/activate`, 'verification_uri')
      const withRequest = textIn(json['verification_uri_with_request'])
      matches(withRequest, /\/user-api-key\/activate\?request=[\w-]{8}$/, 'verification_uri_with_request')
      equal([json['expires_in'], json['interval']], [600, 5], 'life and interval')
      equal('verification_uri_complete' in json, false, 'verification_uri_complete')
    },
  },
  {
    ...ONLY_LATEST,
    number: 38,
    title: 'a device request that is not JSON is 403',
    needs: [],
    run: async (site) => {
      const form = site.application.request()
      equal((await site.send('POST', '/user-api-key/device.json', { form })).status, 403, 'a form')
      equal((await site.send('POST', '/user-api-key/device', { json: form })).status, 403, 'without .json')
    },
  },
  {
    ...ONLY_LATEST,
    number: 39,
    title: 'a poll that is not JSON is 403',
    needs: [],
    run: async (site) => {
      const form = { device_code: 'a'.repeat(64) }
      equal((await site.send('POST', '/user-api-key/device/poll.json', { form })).status, 403, 'status')
    },
  },
  {
    ...ONLY_LATEST,
    number: 40,
    title: 'an unknown scope is 403',
    needs: [],
    run: async (site) => void (await isRefused(site, { scopes: 'admin' }, 403)),
  },
  {
    ...ONLY_LATEST,
    number: 41,
    title: 'an invalid public key is 400',
    needs: [],
    run: async (site) => void (await isRefused(site, { public_key: 'not a key' }, 400)),
  },
  {
    ...ONLY_LATEST,
    number: 42,
    title: 'an expiry beyond the maximum is 400',
    needs: [],
    run: async (site) => void (await isRefused(site, { expires_in_seconds: 3660 * 86_400 }, 400)),
  },
  {
    ...ONLY_LATEST,
    number: 43,
    title: 'more than the key can encrypt is 400 with the reason, for both paddings',
    needs: [],
    run: async (site) => {
      matches(await isRefused(site, { nonce: 'x'.repeat(150) }, 400), /Payload too large for OAEP/, 'OAEP')
      const pkcs1 = { padding: undefined, nonce: 'x'.repeat(180) }
      matches(await isRefused(site, pkcs1, 400), /Payload too large for PKCS#1/, 'PKCS#1')
    },
  },
  {
    ...ONLY_LATEST,
    number: 44,
    title: 'an unregistered client is allowed and flagged',
    needs: ['member'],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      const model = await enterCode(await site.member(), userCode)
      equal(deviceAuthIn(model)['unregistered_client'], true, 'unregistered_client')
    },
  },
  {
    ...ONLY_LATEST,
    number: 45,
    title: 'a known client without a stored key keeps its stored name, and is still flagged',
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const clientId = `conformance-${Date.now()}`
      await site.keyOf(member, { client_id: clientId, application_name: 'Stored name' })
      const { userCode } = await createDevice(site, { client_id: clientId, application_name: 'Spoofed name' })
      const shown = deviceAuthIn(await enterCode(member, userCode))
      equal([shown['application_name'], shown['unregistered_client']], ['Stored name', true], 'what is shown')
    },
  },
  {
    ...ONLY_LATEST,
    number: 46,
    title: 'the scope one_time_password is 400',
    needs: [],
    run: async (site) => void (await isRefused(site, { scopes: 'one_time_password' }, 400)),
  },
  {
    ...ONLY_LATEST,
    number: 59,
    title: 'a poll before the user has decided is authorization_pending',
    needs: [],
    run: async (site) => equal(await pollStatus(site, await createDevice(site)), 'authorization_pending', 'status'),
  },
  {
    ...ONLY_LATEST,
    number: 63,
    title: 'an unknown device code, or one after ten minutes, is expired_token; none at all is 400',
    needs: [],
    run: async (site) => {
      const nobody = { deviceCode: 'ab'.repeat(32), userCode: '', requestToken: '' }
      equal(await pollStatus(site, nobody), 'expired_token', 'unknown code')
      equal(await pollStatus(site, { ...nobody, deviceCode: '?' }), 'expired_token', 'malformed code')
      const without = await site.send('POST', '/user-api-key/device/poll.json', { json: {} })
      equal(without.status, 400, 'status without a code')
      if (!site.controlled) return
      const device = await createDevice(site)
      await site.control('advance-clock', { ms: 600_000 })
      equal(await pollStatus(site, device), 'expired_token', 'after its life')
    },
  },
  {
    ...ONLY_LATEST,
    number: 64,
    title: 'the 21st request, 11th wrong code, 31st request token and 61st poll in a minute are 429',
    needs: ['member', 'limits'],
    run: async (site) => {
      const member = await site.member()
      const statuses = async (count: number, act: (index: number) => Promise<number>): Promise<readonly number[]> => {
        const seen: number[] = []
        for (let index = 0; index < count; index += 1) seen.push(await act(index))
        return seen
      }
      await site.settle()
      const limited = (count: number): readonly number[] => [...Array<number>(count - 1).fill(200), 429]
      const json = site.application.request()
      const creates = await statuses(
        21,
        async () => (await site.send('POST', '/user-api-key/device.json', { json })).status,
      )
      equal(creates, limited(21), 'requests')
      const codes = await statuses(
        11,
        async (index) => (await member.post('/user-api-key/activate', { code: `BADCODE${index % 10}` })).status,
      )
      equal(codes, limited(11), 'wrong codes')
      const lookups = await statuses(31, async (index) => {
        const request = `A00000${String(index).padStart(2, '0')}`
        return (await member.get('/user-api-key/activate', { request })).status
      })
      equal(lookups, limited(31), 'request tokens')
      const poll = { json: { device_code: 'cd'.repeat(32) } }
      const polls = await statuses(
        61,
        async () => (await site.send('POST', '/user-api-key/device/poll.json', poll)).status,
      )
      equal(polls, limited(61), 'polls')
    },
  },
]
