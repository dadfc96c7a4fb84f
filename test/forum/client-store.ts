/** A row of the table of clients (protocol.md 1.6, 1.9). Registered is one with a redirect. */
export interface Client {
  readonly clientId: string
  readonly applicationName: string
  readonly publicKeyPem: string | null
  readonly authRedirect: string | null
  /** What it registered for; `null` for an ordinary client, which asks each time. */
  readonly scopes: readonly string[] | null
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** The clients a forum has met, by client id. Stays empty in versions without the table. */
export class ClientStore {
  readonly #clients = new Map<string, Client>()

  find(clientId: string): Client | undefined {
    return this.#clients.get(clientId)
  }

  findByPublicKey(pem: string): Client | undefined {
    return this.all().find((client) => client.publicKeyPem === pem)
  }

  all(): readonly Client[] {
    return [...this.#clients.values()]
  }

  put(client: Client): void {
    this.#clients.set(client.clientId, client)
  }

  /** Notes an ordinary client, or gives a known one its newest name (protocol.md 1.3). */
  rename(clientId: string, applicationName: string, now: number): void {
    const known = this.#clients.get(clientId)
    this.put(
      known === undefined
        ? { clientId, applicationName, publicKeyPem: null, authRedirect: null, scopes: null, createdAt: now }
        : { ...known, applicationName },
    )
  }

  remove(clientId: string): void {
    this.#clients.delete(clientId)
  }
}
