import type { CommandInput } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { oneTimeScope } from '../../common/contract/scope.ts'
import type { Attempt } from '../account.ts'
import type { Http } from '../discourse/http.ts'
import { isRefusedBeforehand } from '../discourse/preflight.ts'
import type { Model } from '../model.ts'

/**
 * Changes what a waiting attempt asks for, or how; the attempt and its expiry stay the same.
 * Failures of all: `attempt_unknown`, `attempt_expired`; those of asking the forum for another code.
 */
export interface ChangeAttempt {
  /** Also `command_invalid` for a short code where the attempt cannot use one. */
  switchMethod(input: CommandInput<'attempt.switch'>): Promise<Result<null>>
  limitAccess(input: CommandInput<'attempt.limit'>): Promise<Result<null>>
  /**
   * Asks for an optional scope, or stops asking. An attempt by short code changes to the default method, because forums
   * refuse one-time passwords there (protocol.md 1.10). Also `scope_not_allowed`, when the forum says so beforehand.
   */
  chooseScope(input: CommandInput<'attempt.scope'>): Promise<Result<null>>
}

export interface ChangeAttemptOptions {
  readonly model: Model
  readonly http: Http
  readonly defaultMethod: () => 'redirect' | 'paste'
  /** Gets the attempt a new code from the forum. */
  readonly withGrant: (attempt: Attempt) => Promise<Result<Attempt>>
  /** The page where the user would approve such an attempt. */
  readonly pageOf: (attempt: Attempt) => string | undefined
  readonly onChanged: () => void
  /** Drops an attempt's secrets. */
  readonly forget: (attempt: string) => Promise<unknown>
}

export const createChangeAttempt = (options: ChangeAttemptOptions): ChangeAttempt => {
  const { model, http, defaultMethod, withGrant, pageOf, onChanged, forget } = options

  const change = async (id: string, work: (attempt: Attempt) => Promise<Result<Attempt>>): Promise<Result<null>> => {
    const attempt = waiting(model.attempt(id))
    if (!attempt.ok) return attempt
    const changed = await work(attempt.value)
    if (!changed.ok) return changed
    // Cancelled, answered or expired while the forum was being asked.
    const still = waiting(model.attempt(id))
    if (model.attempt(id) === undefined) await forget(id)
    if (!still.ok) return still
    model.putAttempt(changed.value)
    model.save()
    onChanged()
    return ok(null)
  }

  return {
    switchMethod: ({ attempt: id, method }) =>
      change(id, async (attempt) => {
        if (method === 'device' && attempt.scopes.includes(oneTimeScope)) {
          return fail('command_invalid', { reason: 'the forum gives no one-time login token by a short code' })
        }
        const isNew = method === 'device' && attempt.userCode === null
        return isNew ? await withGrant({ ...attempt, method }) : ok({ ...attempt, method })
      }),
    limitAccess: ({ attempt: id, days }) =>
      change(id, async (attempt) => {
        const limited = { ...attempt, accessDays: days }
        // What a code stands for was fixed when the forum issued it, so a new one is needed.
        return attempt.method === 'device' ? await withGrant(limited) : ok({ ...limited, userCode: null })
      }),
    chooseScope: ({ attempt: id, scope, wanted }) =>
      change(id, async (attempt) => {
        const others = attempt.scopes.filter((name) => name !== scope)
        if (!wanted) return ok({ ...attempt, scopes: others })
        const method = attempt.method === 'device' ? defaultMethod() : attempt.method
        const asking = { ...attempt, method, scopes: [...others, scope] }
        const page = pageOf(asking)
        const isRefused = page !== undefined && (await isRefusedBeforehand(http, page))
        return isRefused ? fail('scope_not_allowed', { host: attempt.site.host }) : ok(asking)
      }),
  }
}

const waiting = (attempt: Attempt | undefined): Result<Attempt> => {
  if (attempt?.state.kind === 'expired') return fail('attempt_expired')
  return attempt?.state.kind === 'waiting' ? ok(attempt) : fail('attempt_unknown')
}
