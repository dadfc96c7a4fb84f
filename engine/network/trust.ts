import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as tls from 'node:tls'
import * as v from 'valibot'
import type { Failure } from '../../common/contract/failure.ts'
import { errorReason } from '../parsing/error-code.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'
import type { Environment } from './environment-proxy.ts'

/** The certificate authorities that are trusted. */
export interface Trust {
  /** The context for every connection; built on first use, because that takes about 30 ms. */
  context(): Promise<tls.SecureContext>
  /** `certificate_unreadable` for each file that cannot be read; the others are used. */
  readonly failures: Promise<readonly Failure[]>
}

/** Where Linux distributions keep their certificate bundle: Debian, Fedora, openSUSE, Alpine. */
const defaultBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * Trusts Node's own authorities, the system's, those in `NODE_EXTRA_CA_CERTS` and `SSL_CERT_FILE`, and those in
 * `files`.
 *
 * All connections share one context: otherwise Node would build one for each, and parsing the authorities takes longer
 * than the handshake. The `ca` option replaces Node's own authorities, so the list includes them.
 */
export const createTrust = (files: readonly string[], environment: Environment): Trust => {
  const extra = Promise.all(files.map(readAuthorities))
  const failures = extra.then((read) => read.flatMap((each) => ('failure' in each ? [each.failure] : [])))
  let context: Promise<tls.SecureContext> | undefined

  const build = async (): Promise<tls.SecureContext> => {
    const named = [environment['NODE_EXTRA_CA_CERTS'], environment['SSL_CERT_FILE']].filter(isNamed)
    const read = [...(await extra), ...(await Promise.all(named.map(readAuthorities)))]
    const own = [...tls.rootCertificates, ...read.flatMap((each) => ('failure' in each ? [] : each.authorities))]
    const system = await systemAuthorities()
    try {
      return tls.createSecureContext({ ca: unique([...own, ...system]) })
    } catch {
      // A system authority that OpenSSL cannot read must not make the others unusable.
      return tls.createSecureContext({ ca: unique([...own, ...system.filter(isCertificate)]) })
    }
  }
  return {
    failures,
    context: () => {
      context ??= build()
      return context
    },
  }
}

const isNamed = (file: string | undefined): file is string => file !== undefined && file !== ''

type Read = { readonly authorities: readonly string[] } | { readonly failure: Failure }

const readAuthorities = async (file: string): Promise<Read> => {
  try {
    const authorities = certificatesIn(readRegularFile(file).toString('utf8'))
    if (authorities.length > 0 && authorities.every(isCertificate)) return { authorities }
    return { failure: { code: 'certificate_unreadable', params: { file, reason: 'no PEM certificate in it' } } }
  } catch (error) {
    const reason = errorReason(error)
    return { failure: { code: 'certificate_unreadable', params: { file, reason } } }
  }
}

/**
 * The system's authorities: on Linux from the distribution's bundle, elsewhere from Node where it supports this (22.15,
 * 23.9, Electron). Node supports it on Linux too, but reads every certificate several times and blocks the event loop
 * meanwhile.
 */
const systemAuthorities = async (): Promise<readonly string[]> => {
  for (const file of process.platform === 'linux' ? defaultBundles : []) {
    const authorities = certificatesIn(await readFile(file, 'utf8').catch(() => ''))
    if (authorities.length > 0) return authorities
  }
  const ask: unknown = Reflect.get(tls, 'getCACertificates')
  if (typeof ask !== 'function') return []
  try {
    const told: unknown = ask('system')
    return v.parse(v.array(v.string()), told)
  } catch {
    // Some runtimes have the function but no system store behind it.
    return []
  }
}

const certificatesIn = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

/** Without duplicates: Node's list and the system's overlap a lot. */
const unique = (authorities: readonly string[]): string[] => [
  ...new Map(authorities.map((pem) => [pem.replace(/\s+/g, ''), pem])).values(),
]
