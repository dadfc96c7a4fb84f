import { assert, equal } from '../expectations.ts'
import type { Answer } from '../http.ts'
import { listIn, objectIn } from '../json.ts'
import type { Member } from '../member.ts'
import type { Scenario } from '../scenario.ts'
import type { Site } from '../site.ts'
import { versions } from '../version.ts'

/** The ids of a member's usable keys, newest last. */
export async function keyIdsOf(member: Member): Promise<readonly number[]> {
  const { json } = await member.get(`/u/${member.username}.json`)
  const ids = listIn(objectIn(json['user'])['user_api_keys']).map(({ id }) => Number(id))
  return ids.toSorted((a, b) => a - b)
}

const revoke = (site: Site, key: string, id?: number): Promise<Answer> =>
  site.send('POST', '/user-api-key/revoke.json', { key, form: { id } })

const use = async (site: Site, key: string): Promise<number> =>
  (await site.send('GET', '/session/current.json', { key })).status

/** Checklist 65 to 68: taking keys back. */
export const revokeScenarios: readonly Scenario[] = [
  {
    number: 65,
    title: 'a key revokes itself without an id',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey()
      const [id = 0] = (await keyIdsOf(member)).slice(-1)
      const answer = await revoke(site, key)
      equal([answer.status, answer.json], [200, { success: 'OK' }], 'answer')
      equal(await use(site, key), 403, 'use of the revoked key')
      const again = await revoke(site, key)
      equal([again.status, again.errorType], [403, 'invalid_access'], 'revoking again')
      await member.post('/user-api-key/undo-revoke.json', { id })
      equal(await use(site, key), 200, 'use after undo')
    },
  },
  {
    number: 66,
    title: 'a key revokes itself by its id, whatever its scopes are',
    profiles: versions,
    needs: ['member'],
    run: async (site) => {
      const { member, key } = await site.memberWithKey({ scopes: 'push' })
      const [id = 0] = (await keyIdsOf(member)).slice(-1)
      equal((await revoke(site, key, id)).status, 200, 'status')
      assert(!(await keyIdsOf(member)).includes(id), 'the key is still listed')
    },
  },
  {
    number: 67,
    title: 'a key cannot revoke another key',
    profiles: versions,
    needs: ['member', 'other-member'],
    run: async (site) => {
      const other = await site.otherMember()
      const theirs = await site.keyOf(other)
      const [id = 0] = (await keyIdsOf(other)).slice(-1)
      equal((await revoke(site, await site.keyOf(await site.member()), id)).status, 403, 'status')
      equal(await use(site, theirs), 200, 'use of the other key')
    },
  },
  {
    number: 68,
    title: 'a member cannot revoke another member’s key',
    profiles: versions,
    needs: ['member', 'other-member'],
    run: async (site) => {
      const other = await site.otherMember()
      const theirs = await site.keyOf(other)
      const [id = 0] = (await keyIdsOf(other)).slice(-1)
      const answer = await (await site.member()).post('/user-api-key/revoke.json', { id })
      equal(answer.status, 403, 'status')
      equal(await use(site, theirs), 200, 'use of the other key')
    },
  },
]
