import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { defaultNetwork, networkSettingsSchema, readProxySetting } from './network-settings.ts'
import { readProxy } from './proxy.ts'

describe('the address of a proxy', () => {
  it.each([
    ['proxy.example:3128', { kind: 'http', host: 'proxy.example', port: 3128 }],
    [' http://proxy.example/ ', { kind: 'http', host: 'proxy.example', port: 80 }],
    ['https://proxy.example', { kind: 'https', host: 'proxy.example', port: 443 }],
    ['socks5h://[::1]:9050', { kind: 'socks5', host: '::1', port: 9050 }],
    ['socks4://127.0.0.1', { kind: 'socks4', host: '127.0.0.1', port: 1080 }],
    [
      'http://eve:p%40ss@proxy.example:3128',
      { kind: 'http', host: 'proxy.example', port: 3128, login: { name: 'eve', password: 'p@ss' } },
    ],
  ])('%s is understood', (text, value) => {
    expect(readProxy(text)).toEqual({ ok: true, value })
  })

  it.each(['', 'http://', 'http://proxy.example/path', 'http://proxy.example?x', 'two words', 'http://e%:x@h'])(
    '“%s” is none',
    (text) => {
      expect(readProxy(text)).toMatchObject({ failure: { code: 'proxy_invalid' } })
    },
  )

  it.each(['pro\txy.example', 'http://eve:pass word@proxy.example', 'http://proxy.example\n:3128'])(
    '%j is none, for there is white space in it',
    (text) => {
      expect(readProxy(text)).toMatchObject({ failure: { code: 'proxy_invalid' } })
    },
  )

  it('of a kind that nobody speaks here is named without its password', () => {
    expect(readProxy('ftp://eve:secret@proxy.example')).toEqual({
      ok: false,
      failure: { code: 'proxy_unsupported', params: { proxy: 'ftp://proxy.example' } },
    })
  })
})

describe('the settings', () => {
  it('take what a person enters', () => {
    expect(readProxySetting('none')).toEqual({ ok: true, value: { kind: 'none' } })
    const entered = readProxySetting(' socks5://proxy.example ')
    expect(entered).toEqual({ ok: true, value: { kind: 'manual', url: 'socks5://proxy.example' } })
    if (!entered.ok) return
    expect(v.is(networkSettingsSchema, { ...defaultNetwork, proxy: entered.value })).toBe(true)
  })

  it('never hold a password', () => {
    const url = 'http://eve:secret@proxy.example:3128'
    expect(readProxySetting(url)).toEqual({ ok: false, failure: { code: 'proxy_invalid' } })
    expect(v.is(networkSettingsSchema, { proxy: { kind: 'manual', url }, certificates: [] })).toBe(false)
  })

  it('are bounded', () => {
    const take = (some: object): boolean => v.is(networkSettingsSchema, { ...defaultNetwork, ...some })
    const files = Array.from({ length: 100 }, (_, index) => `/ca-${index}.pem`)
    expect([take({ certificates: files }), take({ certificates: [...files, '/one-more.pem'] })]).toEqual([true, false])
    expect([take({ certificates: ['x'.repeat(4096)] }), take({ certificates: ['x'.repeat(4097)] })]).toEqual([
      true,
      false,
    ])
    const proxy = (digits: number) => ({
      proxy: { kind: 'manual', url: `http://proxy.example:${'8080'.padStart(digits, '0')}` },
    })
    expect([take(proxy(4)), take(proxy(2000))]).toEqual([true, false])
  })
})
