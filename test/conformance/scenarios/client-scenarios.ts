import { randomUUID } from 'node:crypto'
import { rsaPublicKey } from '../application.ts'
import { equal } from '../expectations.ts'
import type { Fields } from '../http.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { sinceVersion34 } from '../version.ts'

const WEB = 'https://app.example/callback'
const NO_CLIENTS = 'clients cannot register'
const ofClients: Pick<Scenario, 'profiles' | 'elsewhere' | 'needs'> = {
  profiles: sinceVersion34,
  elsewhere: NO_CLIENTS,
  needs: ['member', 'control'],
}
const DAY = 24 * 60 * 60 * 1000

/** `user_api_key_clients_create_per_day`, for each address (protocol.md 11, no. 91). */
const perDay = ({ profile }: Site): number => (profile === '3.4' ? 1 : 3)

/** Registers a client for `read`, as the only one of this day from this address; gives its parameters. */
export async function registerClient(site: Site, changes: Fields = {}): Promise<Fields> {
  await site.control('configure', { allowedClientScopes: ['read'], allowedRedirects: [WEB] })
  await site.control('advance-clock', { ms: DAY })
  // A key of its own: the forum recognises registered clients by it (protocol.md 1.8).
  const form = site.application.request({
    nonce: undefined,
    public_key: rsaPublicKey(2048),
    scopes: 'read',
    auth_redirect: WEB,
    application_name: 'Registered application',
    ...changes,
  })
  equal((await site.send('POST', '/user-api-key-client.json', { form })).status, 200, 'status of the registration')
  return form
}

/** Checklist 34 to 36 and 91: clients that registered themselves. */
export const clientScenarios: readonly Scenario[] = [
  {
    number: 34,
    title: 'a registered redirect that is not on the site’s list is refused from 2026 on, accepted before',
    ...ofClients,
    run: async (site) => {
      const client = await registerClient(site)
      await site.control('configure', { allowedRedirects: ['https://good.example/callback'] })
      const answer = await (await site.member()).post('/user-api-key.json', { ...client, nonce: 'n' })
      equal(answer.status, site.profile === 'latest' ? 403 : 302, 'status')
    },
  },
  {
    number: 35,
    title: 'a registered client need not send its name and public key',
    ...ofClients,
    run: async (site) => {
      const client = await registerClient(site)
      const short = { ...client, nonce: 'n', application_name: undefined, public_key: undefined }
      const answer = await (await site.member()).post('/user-api-key.json', short)
      equal(answer.status, site.profile === 'latest' ? 200 : 302, 'status')
    },
  },
  {
    number: 36,
    title: 'scopes beyond those of the registered client are 403',
    ...ofClients,
    run: async (site) => {
      const client = await registerClient(site)
      const answer = await (await site.member()).post('/user-api-key.json', { ...client, nonce: 'n', scopes: 'write' })
      equal(answer.status, 403, 'status')
    },
  },
  {
    number: 91,
    title: 'registering is 400 without scopes, 403 for forbidden scopes or a taken id, else 200; HEAD confirms it',
    profiles: sinceVersion34,
    elsewhere: NO_CLIENTS,
    needs: ['control'],
    run: async (site) => {
      const register = async (form: Fields): Promise<number> => {
        await site.control('advance-clock', { ms: DAY })
        return (await site.send('POST', '/user-api-key-client.json', { form })).status
      }
      const known = async (form: Fields): Promise<number> =>
        (await site.send('HEAD', '/user-api-key-client', { query: { client_id: form['client_id'] } })).status

      const wanted = site.application.request({ nonce: undefined, scopes: 'read', auth_redirect: WEB })
      equal(await register({ ...wanted, scopes: undefined }), 400, 'without scopes')
      equal(await register(wanted), 403, 'scopes not allowed')
      equal(await known(wanted), 400, 'before the registration')
      const client = await registerClient(site)
      equal(await known(client), 200, 'after the registration')
      equal(await register(client), 403, 'the same id again')
      const other = { ...client, client_id: randomUUID() }
      equal(await register(other), 200, 'another id')
      const statuses: number[] = []
      for (let more = 0; more < perDay(site); more += 1) {
        const form = { ...client, client_id: randomUUID() }
        statuses.push((await site.send('POST', '/user-api-key-client.json', { form })).status)
      }
      equal(statuses.lastIndexOf(200), perDay(site) - 2, 'the last one of the day')
      equal(statuses.at(-1), 429, 'one too many on the same day')
    },
  },
]
