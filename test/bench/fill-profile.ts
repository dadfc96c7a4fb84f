import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { type AccountCache, emptyCache } from '../../engine/storage/account-cache.ts'
import { settingsName, stateFolder, vaultItem } from '../../engine/storage/profile.ts'
import { openProfileId } from '../../engine/storage/profile-id.ts'
import { emptyState, type SavedAccount } from '../../engine/storage/saved-state.ts'
import { noSecrets } from '../../engine/storage/secrets.ts'
import type { MemoryKeychain } from '../rig/memory-keychain.ts'
import type { BenchAccount } from './scale-messages.ts'

const week = 7 * 24 * 3_600_000

/** Writes a profile as `count` accounts leave it, each with numbers and a full list, and their keys into the item `bench`. */
export const fillProfile = (profile: string, keychain: MemoryKeychain, count: number): void => {
  const ids = Array.from({ length: count }, (_, index) => idAt(index))
  mkdirSync(stateFolder(profile), { recursive: true })
  const state = { ...emptyState(), accounts: ids.map(account) }
  writeFileSync(path.join(profile, `${settingsName}.json`), JSON.stringify(state))
  for (const id of ids)
    writeFileSync(path.join(stateFolder(profile), `account-${id}.json`), JSON.stringify(cacheOf(id)))
  const keys = Object.fromEntries(ids.map((id) => [id, id.repeat(4)]))
  keychain.items.set('bench', JSON.stringify({ ...noSecrets(), keys }))
}

/**
 * Writes a profile with accounts on simulated forums, and their keys into its item of a keychain.
 * @param write writes an item of the system's keychain
 */
export const fillLiveProfile = async (
  profile: string,
  accounts: readonly BenchAccount[],
  write: (item: string, text: string) => Promise<void>,
): Promise<void> => {
  mkdirSync(profile, { recursive: true })
  const { id } = openProfileId(profile)
  const state = { ...emptyState(), accounts: accounts.map(liveAccount) }
  writeFileSync(path.join(profile, `${settingsName}.json`), JSON.stringify(state))
  const keys = Object.fromEntries(accounts.map(({ key }, index) => [idAt(index), key]))
  await write(vaultItem(id), JSON.stringify({ ...noSecrets(), keys }))
}

const idAt = (index: number): string => index.toString(16).padStart(16, '0')

const liveAccount = ({ base, username, userId }: BenchAccount, index: number): SavedAccount => ({
  ...account(idAt(index)),
  site: { base, host: new URL(base).host, title: `Forum ${index}`, color: null },
  ...{ username, userId },
})

const account = (id: string): SavedAccount => ({
  id,
  site: { base: `https://${id}.example`, host: `${id}.example`, title: `Forum ${id}`, color: '#0088cc' },
  username: 'eve',
  userId: 1,
  clientId: id,
  scopes: ['notifications', 'session_info', 'message_bus'],
  apiVersion: 4,
  approvedAt: Date.now() - week,
  expiresAt: null,
  refused: false,
  revoking: false,
})

const cacheOf = (id: string): AccountCache => ({
  ...emptyCache(),
  counts: { notifications: 3, messages: 1, chat: 0, reviewables: 0, total: 4 },
  checkedAt: Date.now() - week,
  items: Array.from({ length: 30 }, (_, index) => item(id, 1000 - index)),
  listedAt: Date.now() - week,
})

const item = (account: string, id: number): NotificationItem => ({
  id,
  kind: 'mentioned',
  read: id < 997,
  highPriority: false,
  createdAt: Date.now() - week,
  actor: 'alice',
  secondActor: null,
  count: null,
  title: `What number ${id} is about, at some length`,
  place: null,
  topic: id,
  excerpt: null,
  url: `https://${account}.example/t/what-it-is-about/${id}/2`,
})
