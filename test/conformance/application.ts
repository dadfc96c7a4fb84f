import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { decryptPayloadText } from '../rig/decrypt-payload.ts'
import type { Fields } from './http.ts'
import { type JsonObject, objectIn } from './json.ts'

export const REDIRECT = 'discourse://auth_redirect'

/** The application that asks for keys: its key pair, its requests, its decryption. */
export interface Application {
  readonly publicKey: string
  /** A good request with new client id and nonce, changed as wanted; `undefined` leaves a parameter out. */
  request(changes?: Fields): Fields
  decrypt(payload: string, padding?: 'pkcs1' | 'oaep'): JsonObject
  decryptText(payload: string, padding?: 'pkcs1' | 'oaep'): string
}

/** Generated once, because generating a pair is slow. */
let sharedPair: ReturnType<typeof rsaPair> | undefined

export function createApplication(): Application {
  sharedPair ??= rsaPair(2048)
  const { publicKey, privateKey } = sharedPair
  const decryptText: Application['decryptText'] = (payload, padding = 'pkcs1') =>
    decryptPayloadText(privateKey, payload, padding)
  return {
    publicKey,
    request: (changes = {}) => ({
      application_name: 'Conformance check',
      client_id: randomBytes(16).toString('hex'),
      nonce: randomBytes(16).toString('hex'),
      public_key: publicKey,
      scopes: 'notifications,session_info',
      ...changes,
    }),
    decrypt: (payload, padding) => {
      const value: unknown = JSON.parse(decryptText(payload, padding))
      return objectIn(value)
    },
    decryptText,
  }
}

/** A public key that is not RSA. */
export function ecPublicKey(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return publicKey.export({ type: 'spki', format: 'pem' }).toString()
}

export function rsaPublicKey(bits: number): string {
  return rsaPair(bits).publicKey
}

function rsaPair(bits: number): { readonly publicKey: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  return { publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey }
}
