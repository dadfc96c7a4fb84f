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
    title: 'a stranger with a code in the address: to login, and the code is dropped',
    needs: [],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      matches(await destinationOf(site, { code: userCode }), /\/user-api-key\/activate$/, 'destination')
    },
  },
  {
    ...ONLY_LATEST,
    number: 48,
    title: 'a stranger with a request token: to login, and the token is kept',
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
    title: 'nothing in the address: the page asks for the code',
    needs: ['member'],
    run: async (site) => {
      const { status, json } = await (await site.member()).get('/user-api-key/activate.json')
      equal([status, json['state']], [200, 'enter_code'], 'status and state')
    },
  },
  {
    ...ONLY_LATEST,
    number: 50,
    title: 'a code in the address is not accepted but taken away',
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
    title: 'a request token: application, scopes and write flag are shown, nothing is bound',
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
    title: 'after the authorization, another member cannot use the request token again',
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
    title: 'the code with or without its dash gives an approval token',
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
    title: 'a code one member has entered is expired for another',
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
    title: 'no end asked for: expires_at is null',
    needs: ['member'],
    run: async (site) => {
      const { userCode } = await createDevice(site)
      equal(deviceAuthIn(await enterCode(await site.member(), userCode))['expires_at'], null, 'expires_at')
    },
  },
  {
    ...ONLY_LATEST,
    number: 56,
    title: 'a member who may not have keys does not use the code up',
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
    title: 'an approval token is worth nothing to another member',
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
    title: 'a wrong code: 200 with invalid_code',
    needs: ['member'],
    run: async (site) => {
      const entered = await enterCode(await site.member(), 'BAD-CODE')
      equal([entered['invalid_code'], entered['device_auth'] ?? null], [true, null], 'page')
    },
  },
  {
    ...ONLY_LATEST,
    number: 60,
    title: 'a wrong code for a request token: still pending, and the page still shows who asks',
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
    title: 'approved: the poll gives a working key once, within a minute',
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
    title: 'denied: access_denied; denying needs an approval token',
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
