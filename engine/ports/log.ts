import type { Failure } from '../../common/contract/failure.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export type LogParams = Readonly<Record<string, string | number | boolean | null>>

/**
 * Notes an event for whoever has to find out later what happened. Its parameters never hold titles, names of users, keys or
 * addresses with a query; what looks like a secret all the same is taken out before it is written. Never throws.
 */
export type Log = (level: LogLevel, event: string, params?: LogParams) => void

/** What may be noted of a failure: most parameters are words of others. */
export const failureParams = ({ code, params }: Failure): LogParams => {
  const { host, status, reason } = params ?? {}
  return {
    code,
    ...(host === undefined ? {} : { host }),
    ...(typeof status === 'number' ? { status } : {}),
    // The system's own codes, such as EACCES.
    ...(typeof reason === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(reason) ? { reason } : {}),
  }
}
