import { randomBytes, randomInt } from 'node:crypto'
import type { KeyGrantPlan, KeyRequest } from './key-request.ts'

/** Seconds, as the answer to a new request gives them (protocol.md 1.10). */
export const DEVICE_REQUEST_LIFE = 600
export const DEVICE_POLL_INTERVAL = 5
const PAYLOAD_LIFE = 60

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const USER_CODE = new RegExp(`^[${ALPHABET}]{8}$`)
const REQUEST_TOKEN = /^[\w-]{8}$/

/** What became of a request: nobody decided, a member refused, or the key waits to be fetched, once. */
type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'authorized'; readonly payload: string }

/** A device that waits for a member to let it in. */
export interface DeviceRequest {
  /** 64 hex characters that only the device knows. */
  readonly deviceCode: string
  /** `XXXX-XXXX`, for the person to type. */
  readonly userCode: string
  readonly requestToken: string
  readonly request: KeyRequest
  readonly plan: KeyGrantPlan
  readonly unregisteredClient: boolean
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** The member who typed the code first; nobody else may go on with it. */
  readonly userId: number | null
  /** Handed to that member's browser. */
  readonly approvalToken: string | null
  readonly outcome: Outcome
}

/** The requests of the device flow. `now` is in milliseconds everywhere. */
export class DeviceRequests {
  readonly #requests = new Map<string, DeviceRequest>()

  add(details: Pick<DeviceRequest, 'request' | 'plan' | 'unregisteredClient'>, now: number): DeviceRequest {
    const letters = Array.from({ length: 8 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
    const request: DeviceRequest = {
      ...details,
      deviceCode: randomBytes(32).toString('hex'),
      userCode: `${letters.slice(0, 4)}-${letters.slice(4)}`,
      requestToken: randomBytes(6).toString('base64url'),
      expiresAt: now + DEVICE_REQUEST_LIFE * 1000,
      userId: null,
      approvalToken: null,
      outcome: { kind: 'pending' },
    }
    this.#requests.set(request.deviceCode, request)
    return request
  }

  byDeviceCode(deviceCode: string, now: number): DeviceRequest | undefined {
    const found = this.#requests.get(deviceCode)
    return found !== undefined && found.expiresAt > now ? found : undefined
  }

  /** An undecided request by the code as it was typed, with or without the dash. */
  byUserCode(typed: string, now: number): DeviceRequest | undefined {
    const code = normalizeUserCode(typed)
    return code === null ? undefined : this.#pending(now, ({ userCode }) => userCode.replace('-', '') === code)
  }

  byRequestToken(token: string, now: number): DeviceRequest | undefined {
    return this.#pending(now, ({ requestToken }) => requestToken === token)
  }

  byApprovalToken(token: string, now: number): DeviceRequest | undefined {
    return this.#pending(now, ({ approvalToken }) => approvalToken === token)
  }

  /** Binds the request to the member and gives the token that approves or denies it. */
  bind(deviceCode: string, userId: number): string {
    const approvalToken = randomBytes(32).toString('hex')
    this.#change(deviceCode, { userId, approvalToken })
    return approvalToken
  }

  deny(deviceCode: string): void {
    this.#change(deviceCode, { outcome: { kind: 'denied' } })
  }

  /** The payload waits a minute, or what is left of the ten (protocol.md 1.10). */
  authorize(deviceCode: string, payload: string, now: number): void {
    const expiresAt = Math.min(this.#requests.get(deviceCode)?.expiresAt ?? now, now + PAYLOAD_LIFE * 1000)
    this.#change(deviceCode, { outcome: { kind: 'authorized', payload }, expiresAt })
  }

  remove(deviceCode: string): void {
    this.#requests.delete(deviceCode)
  }

  #pending(now: number, matches: (request: DeviceRequest) => boolean): DeviceRequest | undefined {
    return [...this.#requests.values()].find(
      (request) => request.expiresAt > now && request.outcome.kind === 'pending' && matches(request),
    )
  }

  #change(deviceCode: string, changes: Partial<DeviceRequest>): void {
    const request = this.#requests.get(deviceCode)
    if (request !== undefined) this.#requests.set(deviceCode, { ...request, ...changes })
  }
}

/** Eight letters without the dash, or `null` for what cannot be a code. */
export function normalizeUserCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return USER_CODE.test(code) ? code : null
}

export function isRequestToken(text: string): boolean {
  return REQUEST_TOKEN.test(text)
}
