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

export class RequestLog {
  readonly #entries: LoggedRequest[] = []
  #dropped = 0

  get entries(): readonly LoggedRequest[] {
    return this.#entries
  }

  /** Notes a request and gives a function that completes the entry. */
  note(request: Request, at: number): (changes: Partial<Pick<LoggedRequest, 'keyId' | 'body' | 'status'>>) => void {
    const url = new URL(request.url)
    const number = this.#dropped + this.#entries.length
    this.#entries.push({
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
    if (this.#entries.length > KEPT) {
      this.#entries.shift()
      this.#dropped += 1
    }
    return (changes) => {
      const index = number - this.#dropped
      const entry = this.#entries[index]
      if (entry !== undefined) this.#entries[index] = { ...entry, ...changes }
    }
  }

  clear(): void {
    this.#dropped += this.#entries.length
    this.#entries.length = 0
  }
}

function presentableHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {}
  headers.forEach((value, name) => {
    shown[name] = SECRET_HEADERS.includes(name) ? '[secret]' : value
  })
  return shown
}
