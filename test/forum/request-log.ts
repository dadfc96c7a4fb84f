/** A request as the forum received it. Keys, cookies and passwords are never in it. */
export interface LoggedRequest {
  /** Milliseconds since the epoch, by the forum's clock. */
  readonly at: number
  readonly method: string
  /** With the folder, without the query. */
  readonly path: string
  /** As sent, with the `?`; empty when there was none. */
  readonly query: string
  /** Names in lower case. Values of secret headers read `[secret]`. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether the request carried a `User-Api-Key` header when it left the client. */
  readonly keyed: boolean
  /** The id of the key, once it was recognised. */
  readonly keyId: number | null
  /** What a keyed request had in its body; `null` for any other. */
  readonly body: Readonly<Record<string, unknown>> | null
  /** `null` until answered, and for a dropped connection. */
  readonly status: number | null
}

const SECRET_HEADERS = ['user-api-key', 'api-key', 'cookie', 'authorization', 'x-csrf-token']
const KEPT = 5000

/** Sums that, unlike the entries, are never dropped. */
export interface Traffic {
  readonly requests: number
  /** What was sent to clients, headers included. */
  readonly bytes: number
  /** How many answers had each status. */
  readonly byStatus: Readonly<Record<number, number>>
}

/** The newest requests, and sums of all of them. */
export class RequestLog {
  /** By number; the keys are in order, so that the first is the oldest. */
  readonly #entries = new Map<number, LoggedRequest>()
  #next = 0
  #requests = 0
  #bytes = 0
  #byStatus: Record<number, number> = {}

  get entries(): readonly LoggedRequest[] {
    return [...this.#entries.values()]
  }

  get traffic(): Traffic {
    return { requests: this.#requests, bytes: this.#bytes, byStatus: { ...this.#byStatus } }
  }

  /** Notes a request and gives a function that completes the entry. */
  note(request: Request, at: number): (changes: Partial<Pick<LoggedRequest, 'keyId' | 'body' | 'status'>>) => void {
    const url = new URL(request.url)
    const number = this.#next
    this.#next += 1
    this.#requests += 1
    this.#entries.set(number, {
      at,
      method: request.method,
      path: url.pathname,
      query: url.search,
      headers: presentableHeaders(request.headers),
      keyed: request.headers.has('user-api-key'),
      keyId: null,
      body: null,
      status: null,
    })
    this.#entries.delete(number - KEPT)
    return (changes) => {
      const { status } = changes
      if (typeof status === 'number') this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1
      const entry = this.#entries.get(number)
      if (entry !== undefined) this.#entries.set(number, { ...entry, ...changes })
    }
  }

  /** So many bytes were sent. */
  sent(bytes: number): void {
    this.#bytes += bytes
  }

  clear(): void {
    this.#entries.clear()
    this.#requests = 0
    this.#bytes = 0
    this.#byStatus = {}
  }
}

function presentableHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {}
  headers.forEach((value, name) => {
    shown[name] = SECRET_HEADERS.includes(name) ? '[secret]' : value
  })
  return shown
}
