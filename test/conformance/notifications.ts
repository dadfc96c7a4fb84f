import { equal } from './expectations.ts'
import type { Fields } from './http.ts'
import { type JsonObject, listIn, objectIn } from './json.ts'
import type { Site } from './site.ts'

/** The list of notifications as a key sees it; `silent` unless said otherwise, so that nothing becomes seen. */
export async function listOf(site: Site, key: string, query: Fields = {}): Promise<JsonObject> {
  const answer = await site.send('GET', '/notifications.json', { key, query })
  equal(answer.status, 200, 'status of the list')
  return answer.json
}

export function idsIn(list: JsonObject): readonly number[] {
  return listIn(list['notifications']).map(({ id }) => Number(id))
}

export function readIdsIn(list: JsonObject): readonly number[] {
  return listIn(list['notifications'])
    .filter(({ read }) => read === true)
    .map(({ id }) => Number(id))
}

/** Lets something happen to a member; gives the id of the notification. */
export async function notify(
  site: Site,
  user: string,
  type: string,
  event: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  await site.control('advance-clock', { ms: 1000 })
  const notification = objectIn(await site.control('notify', { user, type, from: 'somebody', ...event }))
  return Number(notification['id'])
}

/** Puts many in, so that lists have pages; gives the ids, oldest first. */
export async function notifyMany(site: Site, user: string, count: number): Promise<readonly number[]> {
  const ids: number[] = []
  for (let index = 0; index < count; index += 1) ids.push(await notify(site, user, 'posted'))
  return ids
}

export async function seenId(site: Site, key: string): Promise<number> {
  return Number((await listOf(site, key, { recent: true, silent: true, limit: 1 }))['seen_notification_id'])
}

export async function markRead(site: Site, key: string, form: Fields): Promise<number> {
  return (await site.send('PUT', '/notifications/mark-read.json', { key, form })).status
}
