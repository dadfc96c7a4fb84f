import { createHash, randomBytes } from 'node:crypto'

export interface StoredKey {
  readonly id: number
  readonly userId: number
  readonly clientId: string
  readonly applicationName: string
  readonly scopes: readonly string[]
  readonly pushUrl: string | null
  /** Hex. The clear key is not kept anywhere (protocol.md 1.3). */
  readonly sha256: string
  /** Times are milliseconds since the epoch. */
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly revokedAt: number | null
  readonly expiresAt: number | null
  /** How the requests that carried this key ended; for tests, Discourse has no such thing. */
  readonly requests: { readonly accepted: number; readonly limited: number; readonly refused: number }
}

export type NewKey = Pick<
  StoredKey,
  'userId' | 'clientId' | 'applicationName' | 'scopes' | 'pushUrl' | 'createdAt' | 'expiresAt'
>

/** The database would raise: this client id belongs to someone else's row (protocol.md 1.6, 4.1). */
export class ClientIdTakenError extends Error {
  override readonly name = 'ClientIdTakenError'
}

/** Granted keys, by the hash of the key. */
export class KeyStore {
  readonly #clientIds: 'unique-per-site' | 'client-table'
  readonly #keys = new Map<number, StoredKey>()
  readonly #idsByHash = new Map<string, number>()
  #lastId = 0

  constructor(clientIds: 'unique-per-site' | 'client-table') {
    this.#clientIds = clientIds
  }

  /**
   * Stores a new key and gives its clear text, this once. Keys of the same user and client id are destroyed
   * (protocol.md 1.3).
   * @throws ClientIdTakenError where client ids are unique over the site and another user's key has this one.
   */
  create(newKey: NewKey): { clear: string; stored: StoredKey } {
    for (const key of this.#keys.values()) {
      if (key.userId === newKey.userId && key.clientId === newKey.clientId) this.#keys.delete(key.id)
    }
    if (this.#clientIds === 'unique-per-site' && this.#isTaken(newKey.clientId)) throw new ClientIdTakenError()
    if (this.#clientIds === 'client-table') this.#renameClient(newKey.clientId, newKey.applicationName)

    const clear = randomBytes(16).toString('hex')
    this.#lastId += 1
    const stored: StoredKey = {
      ...newKey,
      id: this.#lastId,
      sha256: sha256(clear),
      lastUsedAt: newKey.createdAt,
      revokedAt: null,
      requests: { accepted: 0, limited: 0, refused: 0 },
    }
    this.#keys.set(stored.id, stored)
    this.#idsByHash.set(stored.sha256, stored.id)
    return { clear, stored }
  }

  byId(id: number): StoredKey | undefined {
    return this.#keys.get(id)
  }

  /** The usable key with this clear text. `now` in milliseconds. */
  active(clear: string, now: number): StoredKey | undefined {
    const key = this.#keys.get(this.#idsByHash.get(sha256(clear)) ?? 0)
    const isAlive = key?.revokedAt === null && (key.expiresAt === null || key.expiresAt > now)
    return isAlive ? key : undefined
  }

  all(): readonly StoredKey[] {
    return [...this.#keys.values()]
  }

  /** Destroys the keys of a client, whoever granted them. */
  removeOfClient(clientId: string): void {
    for (const key of this.all()) if (key.clientId === clientId) this.#keys.delete(key.id)
  }

  ofUser(userId: number): readonly StoredKey[] {
    return [...this.#keys.values()].filter((key) => key.userId === userId)
  }

  change(id: number, changes: Partial<Pick<StoredKey, 'lastUsedAt' | 'revokedAt' | 'expiresAt'>>): void {
    const key = this.#keys.get(id)
    if (key === undefined) throw new Error(`There is no key with id ${id}.`)
    this.#keys.set(id, { ...key, ...changes })
  }

  count(id: number, outcome: keyof StoredKey['requests']): void {
    const key = this.#keys.get(id)
    if (key === undefined) return
    this.#keys.set(id, { ...key, requests: { ...key.requests, [outcome]: key.requests[outcome] + 1 } })
  }

  /**
   * A request came with another `User-Api-Client-Id` than the key's (protocol.md 4.1).
   * @throws ClientIdTakenError where the new id exists already.
   */
  adoptClientId(id: number, clientId: string): void {
    const key = this.#keys.get(id)
    if (key === undefined || key.clientId === clientId) return
    if (this.#clientIds === 'unique-per-site') {
      for (const other of this.ofUser(key.userId)) if (other.clientId === clientId) this.#keys.delete(other.id)
    }
    if (this.#isTaken(clientId)) throw new ClientIdTakenError()
    this.#keys.set(id, { ...key, clientId })
  }

  #isTaken(clientId: string): boolean {
    return [...this.#keys.values()].some((key) => key.clientId === clientId)
  }

  /** The name belongs to the client row, so the newest one shows on every key of that client. */
  #renameClient(clientId: string, applicationName: string): void {
    for (const key of this.#keys.values()) {
      if (key.clientId === clientId) this.#keys.set(key.id, { ...key, applicationName })
    }
  }
}

function sha256(clear: string): string {
  return createHash('sha256').update(clear).digest('hex')
}
