import { generateKeyPairSync } from 'node:crypto'
import { decryptPayloadText } from '../rig/decrypt-payload.ts'

/** Plays the application in the forum's own tests: its key pair, the address it opens, and its decryption. */
export interface TestApplication {
  readonly publicKeyPem: string
  /** The parameters of a good request, changed as wanted; `undefined` leaves one out. */
  params(changes?: Readonly<Record<string, string | undefined>>): Record<string, string>
  authorizeUrl(forumUrl: string, changes?: Readonly<Record<string, string | undefined>>): string
  decrypt(payload: string, padding?: 'pkcs1' | 'oaep'): Record<string, unknown>
  decryptText(payload: string, padding?: 'pkcs1' | 'oaep'): string
}

export const NONCE = '0123456789abcdef0123456789abcdef'
export const REDIRECT = 'discourse://auth_redirect'

export function testApplication(): TestApplication {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const params: TestApplication['params'] = (changes = {}) => {
    const wanted = {
      application_name: 'Notifier under test',
      client_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
      nonce: NONCE,
      public_key: publicKeyPem,
      scopes: 'notifications,session_info',
      auth_redirect: REDIRECT,
      ...changes,
    }
    const given = Object.entries(wanted).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    )
    return Object.fromEntries(given)
  }
  const decryptText: TestApplication['decryptText'] = (payload, padding = 'pkcs1') =>
    decryptPayloadText(privateKey, payload, padding)
  return {
    publicKeyPem,
    params,
    authorizeUrl: (forumUrl, changes) => `${forumUrl}/user-api-key/new?${new URLSearchParams(params(changes))}`,
    decrypt: (payload, padding) => {
      const value: Record<string, unknown> = JSON.parse(decryptText(payload, padding))
      return value
    },
    decryptText,
  }
}
