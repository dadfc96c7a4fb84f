import { describe, expect, it } from 'vitest'
import { readPacResult } from './read-pac-result.ts'

const proxy = (kind: string, port: number, host = 'proxy.example') => ({ kind, host, port })

describe('the result of a proxy auto-configuration script', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    ['', [{ kind: 'direct' }]],
    ['PROXY proxy.example:3128', [proxy('http', 3128)]],
    ['proxy proxy.example', [proxy('http', 80)]],
    ['PROXY proxy.example:80', [proxy('http', 80)]],
    ['HTTPS proxy.example:8443', [proxy('https', 8443)]],
    ['HTTPS proxy.example', [proxy('https', 443)]],
    ['SOCKS proxy.example:1080', [proxy('socks4', 1080)]],
    ['SOCKS5 [2001:db8::1]:1081', [proxy('socks5', 1081, '2001:db8::1')]],
    [
      ' PROXY proxy.example:1;SOCKS5 proxy.example ; DIRECT;',
      [proxy('http', 1), proxy('socks5', 1080), { kind: 'direct' }],
    ],
    ['QUIC proxy.example:1; PROXY proxy.example:2', [proxy('http', 2)]],
    ['QUIC proxy.example:1', []],
    ['PROXY', []],
    ['PROXY a b', []],
    ['PROXY proxy.example:notaport', []],
  ])('%s', (text, routes) => {
    expect(readPacResult(text)).toEqual(routes)
  })
})
