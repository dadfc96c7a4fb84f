import { constants, publicEncrypt } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { createKeypair, decryptPayload, type Keypair, removePkcs1Padding } from './keypair.ts'

let keys: Keypair
beforeAll(async () => {
  keys = await createKeypair()
})

const encrypt = (text: string, padding: number, key = keys.publicKey): string =>
  publicEncrypt({ key, padding }, Buffer.from(text)).toString('base64')

describe('decryptPayload', () => {
  it.each([
    ['OAEP with SHA-1', constants.RSA_PKCS1_OAEP_PADDING],
    ['PKCS#1 v1.5', constants.RSA_PKCS1_PADDING],
  ])('reads %s', (_, padding) => {
    expect(decryptPayload(keys.privateKey, encrypt('{"key":"ü"}', padding))).toBe('{"key":"ü"}')
  })

  it('reads nothing that was encrypted for another key, or is damaged, truncated or empty', async () => {
    const other = await createKeypair()
    const good = encrypt('text', constants.RSA_PKCS1_OAEP_PADDING)
    const foreign = encrypt('text', constants.RSA_PKCS1_OAEP_PADDING, other.publicKey)
    const flipped = Buffer.from(good, 'base64')
    flipped[100] = (flipped[100] ?? 0) ^ 1
    for (const wrong of [foreign, flipped.toString('base64'), good.slice(0, -40), '', '====']) {
      expect(decryptPayload(keys.privateKey, wrong)).toBeUndefined()
    }
  })
})

describe('removePkcs1Padding', () => {
  const block = (padding: readonly number[], message: readonly number[]): Uint8Array =>
    Uint8Array.from([0, 2, ...padding, 0, ...message])

  it('returns every message behind at least eight non-zero bytes', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    const padding = fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 8, maxLength: 40 })
    fc.assert(
      fc.property(padding, fc.array(byte, { maxLength: 40 }), (bytes, message) => {
        expect([...(removePkcs1Padding(block(bytes, message)) ?? [-1])]).toEqual(message)
      }),
    )
  })

  it.each([
    ['seven bytes of padding', block([1, 2, 3, 4, 5, 6, 7], [9])],
    ['no end of the padding', Uint8Array.from([0, 2, ...Array.from({ length: 30 }, () => 7)])],
    ['a signature block', Uint8Array.from([0, 1, ...Array.from({ length: 10 }, () => 255), 0, 9])],
    ['a first byte that is not zero', Uint8Array.from([1, 2, ...Array.from({ length: 10 }, () => 7), 0, 9])],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_, bytes) => {
    expect(removePkcs1Padding(bytes)).toBeUndefined()
  })
})
