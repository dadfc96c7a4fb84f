import {
  type DiagnosisFact,
  type DiagnosisStep,
  type DiagnosisStepName,
  diagnosisSteps,
} from '../../common/contract/diagnosis.ts'
import type { Failure, FailureCode } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { Account } from '../account.ts'
import { readAddress } from '../discourse/address.ts'
import { authorizeUrl, requestedScopes } from '../discourse/authorize-url.ts'
import type { Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { type InspectedSite, inspectSite } from '../discourse/inspect-site.ts'
import { isRefusedBeforehand } from '../discourse/preflight.ts'
import type { Random } from '../ports/random.ts'
import { readCounts } from '../sync/read-counts.ts'

/** What is tested, and with what. */
export interface SiteDiagnosisOptions {
  /** As a person typed it, or the address of an account. */
  readonly address: string
  /** Sends requests without a key. */
  readonly open: Http
  readonly random: Random
  /** For asking whether the forum accepts apps, as a sign-in does; undefined while there is none. */
  readonly publicKey: string | undefined
  readonly defaultMethod: SignInMethod
  /** The account that is tested as well, if any. */
  readonly own?: {
    readonly account: Account
    /** Sends requests with the key, which count against its budget. */
    readonly keyed: Http
    /** The account's key, or why there is none. */
    readonly key: string | Failure
  }
}

/**
 * Tests the connection to a forum, step by step. It makes the requests that sign-ins and counts make, and changes
 * nothing, here or on the forum. A failure is the outcome of its step, the same as anywhere else.
 */
export const diagnoseSite = async (options: SiteDiagnosisOptions): Promise<readonly DiagnosisStep[]> => {
  const { address, open, own } = options
  const found = new Map<DiagnosisStepName, DiagnosisStep>()
  const passed = (name: DiagnosisStepName, fact: DiagnosisFact | null = null): void =>
    void found.set(name, { name, outcome: 'ok', fact })
  const failed = (name: DiagnosisStepName, failure: Failure): void =>
    void found.set(name, { name, outcome: 'failed', failure })
  const steps = (): readonly DiagnosisStep[] =>
    diagnosisSteps.map((name) => found.get(name) ?? { name, outcome: 'skipped' })

  // The user agreed to an existing account's address.
  const places = readAddress(address, own !== undefined)
  if (!places.ok) {
    failed('address', places.failure)
    return steps()
  }
  passed('address', { kind: 'host', host: new URL(places.value[0] ?? address).host })

  const looked = await inspectSite(open, address, own !== undefined)
  if (!looked.ok) {
    const { code } = looked.failure
    const place = code === 'dns_failed' ? 'name' : connectionCodes.has(code) ? 'connection' : 'forum'
    // If the connection failed before it was known whether the name resolves, that step stays open.
    if (place === 'forum' || nameFoundCodes.has(code)) passed('name')
    if (place === 'forum') passed('connection')
    failed(place, looked.failure)
    return steps()
  }
  passed('name')
  passed('connection')
  const { site, apiVersion } = looked.value
  passed('forum', { kind: 'apiVersion', version: apiVersion, title: site.title })

  if (await refusesApps(options, looked.value))
    failed('signIn', { code: 'site_refuses_apps', params: { host: site.host } })
  else passed('signIn', { kind: 'methods', methods: methodsOf(looked.value, options.defaultMethod) })

  if (own === undefined) return steps()
  const { account, keyed, key } = own
  if (typeof key !== 'string') {
    failed('key', key)
    return steps()
  }
  const { base } = account.site
  let owner: string | undefined
  const onSession = ({ username }: Session): void => {
    owner = username
    passed('key', { kind: 'username', username })
  }
  const read = await readCounts({ keyed, open, base, key, hasTotals: true, wantsSession: true, onSession })
  if (!read.ok) {
    failed(owner === undefined ? 'key' : 'totals', read.failure)
    return steps()
  }
  const { counts, hasTotals } = read.value
  // A key that may not read the session has returned the counts nevertheless.
  if (owner === undefined) passed('key', { kind: 'username', username: account.username })
  passed('totals', { kind: hasTotals ? 'total' : 'totalInSession', total: counts.total })
  if (account.isLive) passed('live')
  return steps()
}

/** Failures of connections to an existing server, so its name was resolved. */
const nameFoundCodes: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'connection_refused',
  'connection_lost',
  'tls_expired',
  'tls_not_yet_valid',
  'tls_wrong_host',
  'tls_self_signed',
  'tls_untrusted',
  'tls_outdated',
  'tls_missing',
  'tls_failed',
])

/** The same, and those that leave it open; a proxy resolves names itself. */
const connectionCodes: ReadonlySet<FailureCode> = new Set<FailureCode>([
  ...nameFoundCodes,
  'timed_out',
  'offline',
  'proxy_invalid',
  'proxy_unsupported',
  'proxy_failed',
  'proxy_auth',
  'proxy_refused',
  'cancelled',
  'paced',
  'internal',
])

/**
 * Newer forums say beforehand whether they would refuse a sign-in (protocol.md 1.2); the nonce of this request is never
 * used.
 */
const refusesApps = async (
  { open, random, publicKey, defaultMethod }: SiteDiagnosisOptions,
  { site, hasDeviceFlow }: InspectedSite,
) => {
  if (!hasDeviceFlow || publicKey === undefined) return false
  const method = defaultMethod === 'redirect' ? 'redirect' : 'paste'
  const request = { clientId: random.hex(16), nonce: random.hex(16), scopes: requestedScopes, accessDays: null }
  return await isRefusedBeforehand(open, authorizeUrl({ base: site.base, method, publicKey, ...request }))
}

const methodsOf = ({ hasDeviceFlow }: InspectedSite, preferred: SignInMethod): readonly SignInMethod[] => [
  ...new Set<SignInMethod>([...(hasDeviceFlow ? (['device'] as const) : []), preferred, 'paste']),
]
