import { describe, expect, it } from 'vitest'
import { IssuedSecrets } from './issued-secrets.ts'

const key = '0123456789abcdef0123456789abcdef'

describe('a memory of secrets', () => {
  it('recognises a secret wherever it stands, and nothing else', () => {
    const memory = new IssuedSecrets()
    memory.note('key', key)
    memory.note('device code', key + key.toUpperCase().toLowerCase())
    expect(memory.in(`{"key":"${key}"} and ?device=${key}${key}`)).toEqual(['key', 'device code'])
    expect(memory.in(`a${key} ${key}0 ${key.slice(1)}`)).toEqual([])
  })

  it('does not remember what could be anything', () => {
    const memory = new IssuedSecrets()
    memory.note('nonce', 'nonce')
    expect([memory.size, memory.in('nonce')]).toEqual([0, []])
  })
})
