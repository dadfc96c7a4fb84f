import type { Failure } from '../../common/contract/failure.ts'

/** A failure on its way through undici, which knows errors only. */
export class RouteFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}
