import type { Failure } from '../../common/contract/failure.ts'

export type LogLevel = 'info' | 'warn' | 'error'
/** Named otherwise than what each line of the log begins with. */
export type LogParams = Readonly<Record<string, string | number | boolean | null>> & {
  readonly [name in 'at' | 'level' | 'event']?: never
}

/**
 * Records an event for whoever has to find out later what happened. Its parameters never contain titles, user names,
 * keys or addresses with a query; what still looks like a secret is removed before it is written. Never throws.
 */
export type Log = (level: LogLevel, event: string, params?: LogParams) => void

/** What may be logged of a failure: most of its parameters are other people's text. */
export const failureParams = ({ code, params }: Failure): LogParams => {
  const { host, status, reason } = params ?? {}
  return {
    code,
    ...(host === undefined ? {} : { host }),
    ...(typeof status === 'number' ? { status } : {}),
    // Error codes of the system, such as EACCES.
    ...(typeof reason === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(reason) ? { reason } : {}),
  }
}
