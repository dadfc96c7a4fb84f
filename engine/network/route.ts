import type { Failure } from '../../common/contract/failure.ts'
import type { ProxyServer } from '../../common/preferences/proxy.ts'

/** One way to a forum. */
export type Route = { readonly kind: 'direct' } | ProxyServer

export const direct: Route = { kind: 'direct' }

/** A failure on its way through Node's http, which knows errors only. */
export class RouteFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}
