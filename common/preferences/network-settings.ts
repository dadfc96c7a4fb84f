import * as v from 'valibot'
import { fail, ok, type Result } from '../contract/failure.ts'
import type { Immutable } from '../contract/immutable.ts'
import { readProxy } from './proxy.ts'

/** In characters. */
const longestProxy = 2000

/**
 * The address of a proxy as the settings may store it: valid, not endless, and without a password, because settings must
 * not contain secrets.
 */
const isKeepable = (text: string): boolean => {
  if (text.length > longestProxy) return false
  const proxy = readProxy(text)
  return proxy.ok && proxy.value.login === undefined
}

/** Each file is read when the settings change, which takes the processor 0.1 ms. */
const mostCertificates = 100
/** In characters; the longest path of Linux. */
const longestPath = 4096

/** How forums are reached, and which certificate authorities are trusted. */
export const networkSettingsSchema = v.object({
  proxy: v.variant('kind', [
    /** The system's setting, or the environment's where there is no desktop. */
    v.object({ kind: v.literal('system') }),
    v.object({ kind: v.literal('none') }),
    v.object({ kind: v.literal('manual'), url: v.pipe(v.string(), v.check(isKeepable)) }),
  ]),
  /** Files with certificate authorities (PEM) that are trusted in addition to the system's. */
  certificates: v.pipe(v.array(v.pipe(v.string(), v.maxLength(longestPath))), v.maxLength(mostCertificates)),
})
export type NetworkSettings = Immutable<v.InferOutput<typeof networkSettingsSchema>>
export type ProxySetting = NetworkSettings['proxy']

export const defaultNetwork: NetworkSettings = { proxy: { kind: 'system' }, certificates: [] }

/**
 * Reads what a person enters as the proxy: an address, or `none`.
 * @returns failures of `readProxy`; `proxy_invalid` also for an address with a password
 */
export const readProxySetting = (text: string): Result<ProxySetting> => {
  if (text.trim() === 'none') return ok({ kind: 'none' })
  const proxy = readProxy(text)
  if (!proxy.ok) return proxy
  return proxy.value.login === undefined ? ok({ kind: 'manual', url: text.trim() }) : fail('proxy_invalid')
}
