import { constants, generateKeyPair, privateDecrypt } from 'node:crypto'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)

/** The keypair that payloads are encrypted for; the private half never leaves engine and vault. */
export interface Keypair {
  /** SPKI PEM, the form every forum reads (protocol.md 8). */
  readonly publicKey: string
  /** PKCS#8 PEM. */
  readonly privateKey: string
}

/**
 * Generates an RSA keypair of 2048 bits: 1024 cannot hold an OAEP payload, 4096 makes the address long (protocol.md 8).
 */
export const createKeypair = async (): Promise<Keypair> =>
  await generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

/**
 * Decrypts a payload as OAEP with SHA-1, then as PKCS#1 v1.5, since a forum does not say which it used (protocol.md 8).
 * @param base64 the ciphertext
 * @returns the text, or undefined for every kind of failure, so that an attacker learns nothing from the difference
 */
export const decryptPayload = (privateKey: string, base64: string): string | undefined => {
  const ciphertext = Buffer.from(base64, 'base64')
  const oaep = tryDecrypt(privateKey, ciphertext, constants.RSA_PKCS1_OAEP_PADDING)
  if (oaep !== undefined) return oaep.toString('utf8')
  // Node refuses RSA_PKCS1_PADDING since CVE-2023-46809 unless OpenSSL rejects implicitly; hence our own unpadding.
  const padded = tryDecrypt(privateKey, ciphertext, constants.RSA_NO_PADDING)
  return padded === undefined ? undefined : removePkcs1Padding(padded)?.toString('utf8')
}

const tryDecrypt = (key: string, ciphertext: Buffer, padding: number): Buffer | undefined => {
  try {
    return privateDecrypt({ key, padding }, ciphertext)
  } catch {
    return undefined
  }
}

/**
 * Removes PKCS#1 v1.5 encryption padding (RFC 8017, 7.2.2): `00 02`, at least eight non-zero bytes, `00`, the message.
 * @param block as long as the modulus
 */
export const removePkcs1Padding = (block: Uint8Array): Buffer | undefined => {
  const end = block.indexOf(0, 2)
  const valid = block[0] === 0 && block[1] === 2 && end >= 10
  return valid ? Buffer.from(block.subarray(end + 1)) : undefined
}
