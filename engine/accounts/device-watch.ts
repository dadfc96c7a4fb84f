import type { Result } from '../../common/contract/failure.ts'
import type { AttemptState } from '../../common/contract/snapshot.ts'
import type { Attempt } from '../account.ts'
import { pollDeviceGrant } from '../discourse/device-flow.ts'
import type { Http } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'

export interface DeviceWatchOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  /** Reads a payload; the same as for a redirect or a paste. */
  readonly accept: (payload: string) => Promise<Result<unknown>>
  /** The attempt has ended without an account. */
  readonly onEnded: (attempt: string, state: AttemptState) => void
}

/** After these failures the same payload is never accepted; after any other it may be, once the problem is over. */
const final = new Set([
  'payload_rejected',
  'payload_cut',
  'redirect_invalid',
  'nothing_waiting',
  'attempt_unknown',
  'access_refused',
])

/**
 * Makes the function that asks the forum, as often as it allows, whether a sign-in by device code has been approved
 * (protocol.md 1.10). It stops when the attempt ends, or when the user chooses another method. Watching twice has no
 * effect.
 */
export const createDeviceWatch = (options: DeviceWatchOptions): ((attempt: string) => void) => {
  const { model, vault, http, clock, accept, onEnded } = options
  const watched = new Set<string>()

  const waiting = (id: string): Attempt | undefined => {
    const attempt = model.attempt(id)
    return attempt?.state.kind === 'waiting' && attempt.method === 'device' ? attempt : undefined
  }

  /** @returns milliseconds until the next poll; undefined when there is none */
  const ask = async (id: string): Promise<number | undefined> => {
    const attempt = waiting(id)
    const grant = vault.secrets()?.grants[id]
    if (attempt === undefined || grant === undefined) return undefined
    const answer = await pollDeviceGrant(http, attempt.site.base, grant.deviceCode)
    if (waiting(id) === undefined) return undefined
    if (!answer.ok) {
      const seconds = answer.failure.code === 'rate_limited' ? answer.failure.params?.['seconds'] : undefined
      return typeof seconds === 'number' ? seconds * 1000 : grant.interval
    }
    switch (answer.value.kind) {
      case 'pending':
        return grant.interval
      case 'authorized':
        keepPayload(id, answer.value.payload)
        await acceptOnce(id, answer.value.payload, grant.interval)
        return undefined
      case 'denied':
        onEnded(id, { kind: 'denied' })
        return undefined
      case 'expired':
        onEnded(id, { kind: 'expired' })
        return undefined
    }
  }

  /**
   * The forum hands out the payload only once. It is on disk before the keychain is asked, which may take its time; null
   * when it is of no more use.
   */
  const keepPayload = (id: string, payload: string | null): void => {
    const attempt = model.attempt(id)
    if (attempt === undefined) return
    model.putAttempt({ ...attempt, payload })
    model.save()
  }

  /** Tries until the key is in the vault and the forum has said whose it is. */
  const acceptOnce = async (id: string, payload: string, interval: number): Promise<void> => {
    const accepted = await accept(payload)
    if (accepted.ok || waiting(id) === undefined) return
    if (final.has(accepted.failure.code)) keepPayload(id, null)
    else clock.after(interval, () => void acceptOnce(id, payload, interval))
  }

  const watch = (id: string, delay: number): void => {
    clock.after(delay, async () => {
      const next = await ask(id)
      if (next === undefined) watched.delete(id)
      else watch(id, next)
    })
  }

  return (id) => {
    const interval = vault.secrets()?.grants[id]?.interval
    if (interval === undefined || watched.has(id)) return
    watched.add(id)
    const payload = model.attempt(id)?.payload ?? null
    if (payload === null) watch(id, interval)
    else void acceptOnce(id, payload, interval)
  }
}
