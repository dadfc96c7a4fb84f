import type { Site } from './site.ts'

const DAY = 24 * 60 * 60 * 1000

/**
 * The daily jobs (protocol.md 2.1; 11, no. 92): revokes keys nobody used and, where the version knows it, keys that are
 * too old; deletes registered clients nobody used, with their keys.
 */
export function runCleanUp(site: Site): void {
  const { settings, profile, keys, clients } = site
  const now = site.now()
  const isOver = (since: number, days: number): boolean => days > 0 && now - since > days * DAY

  for (const key of keys.all()) {
    const unused = isOver(key.lastUsedAt, settings.revokeUnusedDays)
    const old = profile.hasKeyMaxLife && isOver(key.createdAt, settings.revokeMaxLifeDays)
    if (key.revokedAt === null && (unused || old)) keys.change(key.id, { revokedAt: now })
  }
  for (const client of clients.all()) {
    const ofClient = keys.all().filter(({ clientId }) => clientId === client.clientId)
    const lastUsed = Math.max(client.createdAt, ...ofClient.map(({ lastUsedAt }) => lastUsedAt))
    if (client.authRedirect === null || !isOver(lastUsed, settings.unusedClientDays)) continue
    clients.remove(client.clientId)
    keys.removeOfClient(client.clientId)
  }
}
