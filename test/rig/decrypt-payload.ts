import { constants, type KeyObject, privateDecrypt } from 'node:crypto'

/**
 * Decrypts a payload as an application does, with code of its own, so that it can check the engine's (protocol.md 1.4).
 * @param payload Base64 with its line breaks
 * @throws where the padding is another
 */
export const decryptPayloadText = (privateKey: KeyObject, payload: string, padding: 'pkcs1' | 'oaep'): string => {
  const encrypted = Buffer.from(payload.replaceAll(/\s/g, ''), 'base64')
  return (padding === 'oaep' ? decryptOaep(privateKey, encrypted) : decryptPkcs1(privateKey, encrypted)).toString(
    'utf8',
  )
}

const decryptOaep = (key: KeyObject, encrypted: Buffer): Buffer =>
  privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, encrypted)

/** Many versions of Node refuse PKCS#1 v1.5 decryption, so the padding is removed by hand (protocol.md 8). */
const decryptPkcs1 = (key: KeyObject, encrypted: Buffer): Buffer => {
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted)
  const end = block.indexOf(0, 2)
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('This is not PKCS#1 v1.5 padding.')
  return block.subarray(end + 1)
}
