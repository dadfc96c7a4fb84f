import type { Failure } from '../../common/contract/failure.ts'
import type { ProxyServer } from '../../common/preferences/proxy.ts'

/** One route to a forum. */
export type Route = { readonly kind: 'direct' } | ProxyServer

export const direct: Route = { kind: 'direct' }

/** Carries a failure through Node's http, which only passes errors on. */
export class RouteFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}
