import { describe, expect, it } from 'vitest'
import { addressesIn } from './addresses-in.ts'

describe('a list of addresses', () => {
  it.each([
    ['a.example\nb.example', ['a.example', 'b.example']],
    ['https://a.example, b.example; a.example/', ['https://a.example', 'b.example', 'a.example/']],
    ['<https://a.example/t/hello/1>\r\n  b.example  ', ['https://a.example', 'b.example']],
    ['a.example a.example', []],
    ['a.example', []],
    ['Join us at a.example or b.example', []],
    ['', []],
  ])('is found in %j', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses)
  })

  it('ends after twenty', () => {
    const many = Array.from({ length: 30 }, (_, at) => `f${at}.example`)
    expect(addressesIn(many.join(' '))).toEqual(many.slice(0, 20))
  })
})
