import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { missingPart } from '../system-parts.mjs'

/** What a server needs for TLS (PEM). */
export interface ServerCertificate {
  readonly key: string
  readonly cert: string
}

/** A private certificate authority, made for one test file by the system's openssl. */
export interface Authority {
  /** The file with its certificate, as a user would have it. */
  readonly file: string
  /** The authority posing as a server itself, with the names it was made for. */
  readonly own: ServerCertificate
  /** A certificate for names and addresses, as `DNS:localhost` or `IP:127.0.0.1`. */
  certify(subjects: readonly string[], validity?: 'now' | 'expired'): ServerCertificate
  /** A folder for files of the test, removed with the rest. */
  readonly folder: string
  remove(): void
}

/** Why there can be no authority on this machine; undefined when there can. */
export const missingAuthority = missingPart('certificates')

/** @param names what its own certificate stands for as well; for self-signed servers */
export const createAuthority = (names: readonly string[] = []): Authority => {
  const folder = mkdtempSync(path.join(tmpdir(), 'authority-'))
  const file = path.join(folder, 'authority.pem')
  const keyFile = path.join(folder, 'authority.key')
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { stdio: 'pipe' })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const also = names.length === 0 ? [] : ['-addext', `subjectAltName=${names.join(',')}`]
  const about = ['-days', '2', '-subj', '/CN=Private authority', ...also]
  openssl('req', '-x509', ...newKey, '-keyout', keyFile, '-out', file, ...about)
  let made = 0
  return {
    file,
    own: { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') },
    folder,
    certify: (subjects, validity = 'now') => {
      made += 1
      const at = (ending: string): string => path.join(folder, `${made}.${ending}`)
      openssl('req', ...newKey, '-keyout', at('key'), '-out', at('csr'), '-subj', '/CN=A forum')
      writeFileSync(at('ext'), `subjectAltName=${subjects.join(',')}\n`)
      const days = validity === 'now' ? '2' : '-1'
      const sign = ['x509', '-req', '-in', at('csr'), '-CA', file, '-CAkey', keyFile, '-CAcreateserial', '-days', days]
      openssl(...sign, '-extfile', at('ext'), '-out', at('pem'))
      return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('pem'), 'utf8') }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
