import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto'

export type Padding = 'pkcs1' | 'oaep'

const LINE = 60
/** What the padding takes of the modulus, in bytes: PKCS#1 v1.5, and OAEP with SHA-1 (protocol.md 8). */
const OVERHEAD: Readonly<Record<Padding, number>> = { pkcs1: 11, oaep: 42 }

export function isPadding(text: string): text is Padding {
  return text === 'pkcs1' || text === 'oaep'
}

/** The RSA key in a PEM text, or `null` when Ruby would raise: not a PEM, or not RSA (protocol.md 8). */
export function parsePublicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'rsa' ? key : null
  } catch {
    return null
  }
}

/** The size of the modulus. */
export function keyBits(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0
}

/** Whether a payload of so many bytes fits the key with this padding (protocol.md 8). */
export function fits(key: KeyObject, padding: Padding, bytes: number): boolean {
  const modulusBytes = Math.ceil(keyBits(key) / 8)
  return bytes <= modulusBytes - OVERHEAD[padding]
}

/**
 * Encrypts as Discourse does and encodes as Ruby's `Base64.encode64` does: lines of 60 characters, each ended by a
 * newline, the last one too (protocol.md 1.4, 8).
 */
export function encryptPayload(key: KeyObject, padding: Padding, payload: string): string {
  const encrypted = publicEncrypt(
    padding === 'oaep'
      ? { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
      : { key, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(payload, 'utf8'),
  )
  return encrypted.toString('base64').replace(new RegExp(`.{1,${LINE}}`, 'g'), '$&\n')
}
