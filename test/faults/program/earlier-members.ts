import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { settingsName, vaultItem } from '../../../engine/storage/profile.ts'
import { openProfileId } from '../../../engine/storage/profile-id.ts'
import { emptyState, type SavedAccount } from '../../../engine/storage/saved-state.ts'
import { noSecrets } from '../../../engine/storage/secrets.ts'
import type { Forum } from '../../forum/forum.ts'
import type { Machine } from './machine.ts'

/** A member who signed in earlier. */
export interface EarlierMember {
  readonly forum: Forum
  readonly user: string
  /** The account's id: eight hex digits. */
  readonly id: string
  readonly key: string
  /** Where the program reaches the forum. */
  readonly base: string
}

const scopes = ['notifications', 'session_info', 'message_bus']

/** Makes a new member of a forum, with a key. @param index makes the account's id */
export const createMember = (forum: Forum, user: string, index: number, base = forum.url): EarlierMember => {
  forum.createUser({ username: user })
  const id = index.toString(16).padStart(8, '0')
  const { key } = forum.grantKey({ user, scopes, clientId: id })
  return { forum, user, id, key, base }
}

/** Writes a profile with an account for each of the members, and their keys into the keychain. */
export const fillProfile = async (machine: Machine, members: readonly EarlierMember[]): Promise<void> => {
  mkdirSync(machine.profile, { recursive: true })
  const state = { ...emptyState(), accounts: members.map(savedAccount) }
  writeFileSync(path.join(machine.profile, `${settingsName}.json`), JSON.stringify(state), { mode: 0o600 })
  const keys = Object.fromEntries(members.map(({ id, key }) => [id, key]))
  const item = vaultItem(openProfileId(machine.profile).id)
  await machine.keyring.write(item, JSON.stringify({ ...noSecrets(), keys }))
}

const savedAccount = ({ base, user, id }: EarlierMember): SavedAccount => ({
  id,
  site: { base, host: new URL(base).host, title: base, color: null },
  username: user,
  userId: null,
  clientId: id,
  scopes,
  apiVersion: 4,
  approvedAt: Date.now(),
  expiresAt: null,
  refused: false,
  revoking: false,
})
