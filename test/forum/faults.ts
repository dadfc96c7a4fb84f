import type { HostileAnswerName } from './hostile-answers.ts'

/** Something that goes wrong between the forum and its client. */
type FaultKind =
  /** The answer is delayed. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** A proxy answers instead of the forum, in HTML (protocol.md 4.2, last row). */
  | {
      readonly kind: 'error-page'
      readonly status: 502 | 503
      /** The header as it is sent: seconds, or a date. */
      readonly retryAfter?: number | string
    }
  /** A proxy passes an answer on only when it is complete, in one piece and with its length. */
  | { readonly kind: 'buffer' }
  /** The connection is cut without an answer. */
  | { readonly kind: 'drop' }
  /** A proxy cuts the connection when the answer is not complete after so many milliseconds. */
  | { readonly kind: 'cut'; readonly afterMs: number }
  /** The forum does what was requested, and the connection is cut before its answer arrives. */
  | { readonly kind: 'drop-answer' }
  /** 200 and HTML where JSON was asked for, as a captive portal answers. */
  | { readonly kind: 'html' }
  /** JSON that goes on for `bytes`, or for ever without it. */
  | { readonly kind: 'flood'; readonly bytes?: number }
  /** The whole site moved: the same path and query below `to`. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 307 | 308 }
  /** 429 with a `Retry-After` of so many seconds, hours perhaps, as a spent day limit gives (protocol.md 4.3). */
  | { readonly kind: 'limited'; readonly retryAfter: number }
  /** 429 in plain text with a `Retry-After` in seconds, as a busy server answers polls of its bus (protocol.md 5.6). */
  | { readonly kind: 'queue'; readonly retryAfter: number }
  /** 403 `invalid_access` in JSON, as old forums answer what they do not route (protocol.md 5.2). */
  | { readonly kind: 'forbidden' }
  /** A proxy removes the `User-Api-Key` header (protocol.md 4.2). */
  | { readonly kind: 'strip-key' }
  /** One of `hostile-answers.ts`, written to the connection instead of the forum's answer. */
  | { readonly kind: 'hostile'; readonly answer: HostileAnswerName }
  /** The forum's own JSON with some values replaced, different ones for each seed and each answer. */
  | { readonly kind: 'hostile-json'; readonly seed: number }

/** `path`: only below this path, which is given without the folder. `times`: only the next so many requests. */
export type Fault = FaultKind & { readonly path?: string; readonly times?: number }

interface ActiveFault {
  readonly fault: Fault
  left: number
}

/** The faults now in force. */
export class FaultPlan {
  #active: ActiveFault[] = []

  add(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.#active = []
  }

  /** The faults that hit a request for `path` (without the folder), each used up by one. */
  take(path: string): readonly Fault[] {
    const hit = this.#active.filter(({ fault }) => path.startsWith(fault.path ?? '/'))
    for (const active of hit) active.left -= 1
    this.#active = this.#active.filter(({ left }) => left > 0)
    return hit.map(({ fault }) => fault)
  }
}
