import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { redact, redacted } from './redact.ts'

const hex = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const upperHex = hex.map((text) => text.toUpperCase())
const bytes = fc.uint8Array({ minLength: 32, maxLength: 400 }).map((given) => Buffer.from(given))
const base64 = bytes.map((given) => given.toString('base64'))
const urlBase64 = bytes.map((given) => given.toString('base64url'))
/** As forums write it: in lines of 60 characters. */
const wrapped = base64.map((text) => text.replace(/.{60}/g, '$&\n'))
const inAddress = wrapped.map(encodeURIComponent)
const secret = fc.oneof(hex, upperHex, base64, urlBase64, wrapped, inAddress)
/** What may stand directly around it without making it longer. */
const around = fc.stringMatching(/^[ .,:;"'()[\]{}<>|!&]{0,8}$/)

/** Pieces of a secret that would be of use, wherever they are cut. */
const piecesOf = (text: string): string[] => {
  const plain = text.split(/\s|%0A/).filter((line) => line.length >= 8)
  return plain.flatMap((line) => [line.slice(0, 8), line.slice(-8)])
}

describe('redaction', () => {
  it('removes anything shaped like a key', () => {
    fc.assert(
      fc.property(secret, around, around, (text, before, after) => {
        const left = redact(`key${before || ' '}${text}${after || ' '}end`)
        for (const piece of piecesOf(text)) expect(left).not.toContain(piece)
      }),
    )
  })

  it('removes private keys', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    for (const text of [pem, JSON.stringify(pem)]) {
      const left = redact(text)
      for (const line of pem.split('\n').slice(1, -2)) expect(left).not.toContain(line)
    }
  })

  it('removes the query, fragment, user name and password of a URL', () => {
    expect(redact('at https://meta.example/user-api-key/new?nonce=abc&x=1 and more')).toBe(
      `at https://meta.example/user-api-key/new?${redacted} and more`,
    )
    expect(redact('discourse://auth_redirect?payload=abc')).toBe(`discourse://auth_redirect?${redacted}`)
    expect(redact('http://127.0.0.1:4000/#token=abc')).toBe(`http://127.0.0.1:4000/?${redacted}`)
    expect(redact('http://eve:secret@proxy.example:3128')).toBe(`http://${redacted}@proxy.example:3128`)
  })

  it('keeps what has to stay readable', () => {
    for (const text of [
      'meta.discourse.org',
      'access_refused',
      'EACCES',
      'xn--bcher-kva.example:8443/forum',
      '0.1.0',
    ]) {
      expect(redact(text)).toBe(text)
    }
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), secret), (text) => {
        expect(redact(redact(text))).toBe(redact(text))
      }),
    )
  })
})
