import { describe, expect, it } from 'vitest'
import { addressesIn } from './addresses-in.ts'

describe('a list of addresses', () => {
  it.each([
    ['a.example\nb.example', ['a.example', 'b.example']],
    ['https://a.example, b.example; a.example/', ['https://a.example', 'b.example']],
    ['<https://a.example/t/hello/1>\r\n  b.example  ', ['https://a.example', 'b.example']],
    ['A.example a.example', ['A.example']],
    ['http://a.example a.example/latest https://b.example./', ['http://a.example', 'https://b.example.']],
    ['a.example/one, a.example/two, a.example:8443', ['a.example/one', 'a.example/two', 'a.example:8443']],
    ['b\u00fccher.example, xn--bcher-kva.example, a.example', ['b\u00fccher.example', 'a.example']],
    ['localhost:4200, 127.0.0.1:4300', ['localhost:4200', '127.0.0.1:4300']],
    ['a.example\uff0cb.example\u3001c.example', ['a.example', 'b.example', 'c.example']],
    ['1. a.example\n2) b.example\n- c.example\n\u2022 d.example', ['a.example', 'b.example', 'c.example', 'd.example']],
    ['Meta: https://a.example\nRust: https://b.example', ['https://a.example', 'https://b.example']],
    ['Join us at a.example or b.example', ['a.example', 'b.example']],
    ['Hello, see https://a.example or https://b.example, e.g. page.html', ['https://a.example', 'https://b.example']],
    ['Look at https://a.example, e.g. page.html', ['https://a.example']],
    ['a.example', []],
    ['eve@a.example, b.example', []],
    ['', []],
  ])('is found in %j', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses)
  })

  it('keeps a word that is no address in its place, for an error to name it', () => {
    expect(addressesIn('a.example, nonsense\nb.example')).toEqual(['a.example', 'nonsense', 'b.example'])
  })

  it('is not cut before two hundred', () => {
    const many = Array.from({ length: 230 }, (_, at) => `f${at}.example`)
    expect(addressesIn(many.join(' '))).toEqual(many.slice(0, 200))
  })
})
