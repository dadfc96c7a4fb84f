import {
  approvalTokenOf,
  approveByLink,
  createDevice,
  decide,
  deviceAuthIn,
  enterCode,
  poll,
  pollStatus,
} from '../device-flow.ts'
import { assert, equal, matches } from '../expectations.ts'
import { objectIn, textIn } from '../json.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'

const ONLY_LATEST = { profiles: ['latest'], elsewhere: 'there is no device flow' } as const

/** Opens the activation page as a stranger; gives the path kept for after the login. */
async function destinationOf(site: Site, query: Readonly<Record<string, string>>): Promise<string> {
  const answer = await site.send('GET', '/user-api-key/activate', { query })
  equal(answer.status, 302, 'status')
  matches(answer.location, /\/(login|session\/sso)$/, 'where the stranger is sent')
  const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('destination_url=')) ?? ''
  return decodeURIComponent(line.slice('destination_url='.length).split(';')[0] ?? '')
}

/** Checklist 47 to 62 without 59: what the member does in the browser. */
export const deviceBrowserScenarios: readonly Scenario[] = [
  {
    ...ONLY_LATEST,
    number: 47,
    title: 'an anonymous visitor with a code in the URL is sent to login, and the code is dropped',
    needs: [],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      matches(await destinationOf(site, { code: userCode }), /\/user-api-key\/activate$/, 'destination')
    },
  },
  {
    ...ONLY_LATEST,
    number: 48,
    title: 'an anonymous visitor with a request token is sent to login, and the token is kept',
    needs: [],
    run: async (site) => {
      const { requestToken } = await createDevice(site)
      const destination = await destinationOf(site, { request: requestToken })
      assert(
        destination.endsWith(`/user-api-key/activate?request=${requestToken}`),
        `the destination is ${destination}`,
      )
    },
  },
  {
    ...ONLY_LATEST,
    number: 49,
    title: 'without a code or token in the URL, the page asks for the code',
    needs: ['member'],
    run: async (site) => {
      const { status, json } = await (await site.member()).get('/user-api-key/activate.json')
      equal([status, json['state']], [200, 'enter_code'], 'status and state')
    },
  },
  {
    ...ONLY_LATEST,
    number: 50,
    title: 'a code in the URL is removed, not accepted',
    needs: ['member'],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      const answer = await (await site.member()).get('/user-api-key/activate', { code: userCode })
      equal(answer.status, 302, 'status')
      matches(answer.location, /\/user-api-key\/activate$/, 'redirect')
    },
  },
  {
    ...ONLY_LATEST,
    number: 51,
    title: 'a request token shows application, scopes and write flag, and binds nothing',
    needs: ['member'],
    run: async (site) => {
      const { requestToken, userCode } = await createDevice(site, { scopes: 'read,write' })
      const { status, json } = await (await site.member()).get('/user-api-key/activate.json', { request: requestToken })
      equal([status, json['state'], json['request_token']], [200, 'authorize', requestToken], 'page')
      equal([json['user_code'] ?? '', json['approval_token'] ?? ''], ['', ''], 'codes in the page')
      const shown = deviceAuthIn(json)
      equal(shown['application_name'], 'Conformance check', 'application_name')
      equal([shown['localized_scopes']].flat().length, 2, 'number of scopes')
      equal(shown['write_scope'], true, 'write_scope')
      assert(objectIn(json['current_user'])['username'] !== undefined, 'the user is not shown')
      if (!site.controlled) return
      const other = await enterCode(await site.otherMember(), userCode)
      matches(other['approval_token'], /./, 'approval token of another member')
    },
  },
  {
    ...ONLY_LATEST,
    number: 52,
    title: 'after authorization, another member cannot reuse the request token',
    needs: ['member', 'other-member'],
    run: async (site) => {
      const { requestToken, userCode } = await createDevice(site)
      const proof = { request: requestToken, code: userCode.replace('-', '') }
      const done = await decide(await site.member(), 'authorize', proof)
      equal([done['state'], done['denied']], ['complete', false], 'first member')
      assert((await decide(await site.otherMember(), 'authorize', proof))['state'] !== 'complete', 'it worked again')
    },
  },
  {
    ...ONLY_LATEST,
    number: 53,
    title: 'the code gives an approval token with or without its dash',
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const { userCode } = await createDevice(site, { scopes: 'read,write', expires_in_seconds: 86_400 })
      const plain = await enterCode(member, userCode.replace('-', ''))
      equal(plain['state'], 'authorize', 'state')
      matches(plain['approval_token'], /./, 'approval token')
      matches(deviceAuthIn(plain)['expires_at'], /^\d{4}-\d\d-\d\dT/, 'expires_at')
      matches((await enterCode(member, userCode))['approval_token'], /./, 'approval token with the dash')
    },
  },
  {
    ...ONLY_LATEST,
    number: 54,
    title: 'a code that one member has entered is expired for any other',
    needs: ['member', 'other-member'],
    run: async (site) => {
      const { userCode, requestToken } = await createDevice(site)
      await enterCode(await site.member(), userCode)
      const other = await site.otherMember()
      const entered = await enterCode(other, userCode)
      equal([entered['expired_code'], entered['approval_token'] ?? ''], [true, ''], 'code entry')
      const decided = await decide(other, 'authorize', { request: requestToken, code: userCode })
      equal([decided['state'], decided['expired_code']], ['enter_code', true], 'request token and code')
    },
  },
  {
    ...ONLY_LATEST,
    number: 55,
    title: 'without a requested expiry, expires_at is null',
    needs: ['member'],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      equal(deviceAuthIn(await enterCode(await site.member(), userCode))['expires_at'], null, 'expires_at')
    },
  },
  {
    ...ONLY_LATEST,
    number: 56,
    title: 'a member who may not create keys does not use up the code',
    needs: ['member', 'other-member', 'control'],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      await site.control('configure', { minTrustLevel: 3 })
      const entered = await enterCode(await site.member({ trustLevel: 0 }), userCode)
      equal([entered['no_trust_level'], entered['approval_token'] ?? ''], [true, ''], 'code entry')
      await site.control('configure', { minTrustLevel: 0 })
      matches((await enterCode(await site.otherMember(), userCode))['approval_token'], /./, 'approval token')
    },
  },
  {
    ...ONLY_LATEST,
    number: 57,
    title: 'an approval token is useless to another member',
    needs: ['member', 'other-member'],
    run: async (site) => {
      const device = await createDevice(site)
      const approval = await approvalTokenOf(await site.member(), device)
      const stolen = await decide(await site.otherMember(), 'authorize', { approval_token: approval })
      equal(stolen['expired_code'], true, 'expired_code')
      equal(await pollStatus(site, device), 'authorization_pending', 'poll')
    },
  },
  {
    ...ONLY_LATEST,
    number: 58,
    title: 'a wrong code is 200 with invalid_code',
    needs: ['member'],
    run: async (site) => {
      const entered = await enterCode(await site.member(), 'BAD-CODE')
      equal([entered['invalid_code'], entered['device_auth'] ?? null], [true, null], 'page')
    },
  },
  {
    ...ONLY_LATEST,
    number: 60,
    title: 'after a wrong code for a request token it is still pending, and the page still shows the application',
    needs: ['member'],
    run: async (site) => {
      const device = await createDevice(site)
      const { requestToken } = device
      const page = await decide(await site.member(), 'authorize', { request: requestToken, code: 'BADCODE1' })
      equal([page['invalid_code'], page['request_token']], [true, requestToken], 'page')
      equal(deviceAuthIn(page)['application_name'], 'Conformance check', 'application_name')
      equal(await pollStatus(site, device), 'authorization_pending', 'poll')
    },
  },
  {
    ...ONLY_LATEST,
    number: 61,
    title: 'after approval the poll returns a working key once, within a minute',
    needs: ['member'],
    run: async (site) => {
      const member = await site.member()
      const nonce = 'f'.repeat(32)
      const device = await createDevice(site, { scopes: 'session_info', nonce })
      const done = await approveByLink(member, device)
      equal(done['state'], 'complete', 'state')
      const answer = await poll(site, device)
      equal(answer['status'], 'authorized', 'status')
      const payload = site.application.decrypt(textIn(answer['payload']), 'oaep')
      equal([payload['nonce'], payload['api'], 'expires_at' in payload], [nonce, 4, false], 'payload')
      const session = await site.send('GET', '/session/current.json', { key: textIn(payload['key']) })
      equal(objectIn(session.json['current_user'])['username'], member.username, 'owner of the key')
      equal(await pollStatus(site, device), 'expired_token', 'second poll')

      if (!site.controlled) return
      const late = await createDevice(site)
      await approveByLink(member, late)
      await site.control('advance-clock', { ms: 60_000 })
      equal(await pollStatus(site, late), 'expired_token', 'a minute later')
    },
  },
  {
    ...ONLY_LATEST,
    number: 62,
    title: 'denying gives access_denied and needs an approval token',
    needs: ['member'],
    run: async (site) => {
      // There is no way by the link: the request token denies nothing, only what follows a typed code does. So it takes a
      // browser session of its own, for after one code was typed, the next one is expired (protocol.md 14.11).
      const member = await site.member()
      const device = await createDevice(site)
      const token = await decide(member, 'deny', { request: device.requestToken })
      equal(token['expired_code'], true, 'denying with the request token')
      const guess = await decide(member, 'deny', { approval_token: 'ef'.repeat(32) })
      equal([guess['expired_code'], guess['denied'] ?? false], [true, false], 'denying with a guess')
      equal(await pollStatus(site, device), 'authorization_pending', 'poll')
      const done = await decide(member, 'deny', { approval_token: await approvalTokenOf(member, device) })
      equal(done['denied'], true, 'denied')
      equal(await pollStatus(site, device), 'access_denied', 'poll')
    },
  },
]
