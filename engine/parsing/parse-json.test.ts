import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

describe('JSON from outside', () => {
  it('is parsed, with or without a byte-order mark', () => {
    expect(parseJson('{"a":1}')).toEqual({ a: 1 })
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 })
  })

  it('is undefined when it is not JSON', () => {
    for (const text of ['', '\uFEFF', '\uFEFF\uFEFF{}', '{', '\0\0', '<html>']) expect(parseJson(text)).toBeUndefined()
  })
})
