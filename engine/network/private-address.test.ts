import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { isIPv6 } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { isPrivateAddress, isPrivateHost, lookUpPublic, privateOnly } from './private-address.ts'

/**
 * IANA's special-purpose address registries (RFC 6890; iana.org/assignments/iana-ipv4-special-registry and
 * iana-ipv6-special-registry) and what is not unicast: whether it leads into a private network, or nowhere, with addresses
 * inside the block and just outside it.
 */
const blocks: readonly (readonly [block: string, inside: string, outside: string])[] = [
  ['0.0.0.0/8, this network', '0.0.0.0 0.0.0.1 0.255.255.255', '1.0.0.0'],
  ['10.0.0.0/8, private use', '10.0.0.0 10.255.255.255', '9.255.255.255 11.0.0.0'],
  ['100.64.0.0/10, shared', '100.64.0.0 100.127.255.255', '100.63.255.255 100.128.0.0'],
  ['127.0.0.0/8, loopback', '127.0.0.0 127.0.0.1 127.255.255.255', '126.255.255.255 128.0.0.0'],
  ['169.254.0.0/16, link-local', '169.254.0.0 169.254.169.254 169.254.255.255', '169.253.255.255 169.255.0.0'],
  ['172.16.0.0/12, private use', '172.16.0.0 172.31.255.255', '172.15.255.255 172.32.0.0'],
  ['192.0.0.0/24, protocols', '192.0.0.0 192.0.0.8 192.0.0.170 192.0.0.255', '191.255.255.255 192.0.1.0'],
  ['192.0.2.0/24, documentation', '192.0.2.0 192.0.2.255', '192.0.1.255 192.0.3.0'],
  ['192.31.196.0/24, AS112', '', '192.31.196.1'],
  ['192.52.193.0/24, AMT', '', '192.52.193.1'],
  ['192.88.99.0/24, relays of 6to4', '192.88.99.0 192.88.99.1 192.88.99.255', '192.88.98.255 192.88.100.0'],
  ['192.168.0.0/16, private use', '192.168.0.0 192.168.255.255', '192.167.255.255 192.169.0.0'],
  ['192.175.48.0/24, AS112', '', '192.175.48.1'],
  ['198.18.0.0/15, benchmarks', '198.18.0.0 198.19.255.255', '198.17.255.255 198.20.0.0'],
  ['198.51.100.0/24, documentation', '198.51.100.0 198.51.100.255', '198.51.99.255 198.51.101.0'],
  ['203.0.113.0/24, documentation', '203.0.113.0 203.0.113.255', '203.0.112.255 203.0.114.0'],
  ['224.0.0.0/4, multicast', '224.0.0.0 239.255.255.255', '223.255.255.255'],
  ['240.0.0.0/4, reserved, and broadcast', '240.0.0.0 255.255.255.254 255.255.255.255', ''],
  [':: and ::1', ':: ::1', ''],
  ['::/96, compatible with IPv4', '::2 ::127.0.0.1 ::10.0.0.1 ::1.1.1.1', ''],
  ['::ffff:0:0/96, mapped IPv4', '::ffff:10.0.0.1 ::ffff:7f00:1 ::ffff:0.0.0.0', '::ffff:1.1.1.1'],
  ['::ffff:0:0:0/96, translated IPv4', '::ffff:0:127.0.0.1 ::ffff:0:a00:1 ::ffff:0:1.1.1.1', ''],
  ['64:ff9b::/96, NAT64', '64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::', '64:ff9b::101:101'],
  ['64:ff9b::/96 and beyond', '64:ff9b:0:0:1::101:101 64:ff9a::101:101', ''],
  ['64:ff9b:1::/48, local NAT64', '64:ff9b:1::101:101 64:ff9b:1:a00:0:100:: 64:ff9b:1:ffff:ffff:ffff:101:101', ''],
  ['100::/64, discard only, and 100:0:0:1::/64', '100:: 100::1 100:0:0:1::1', ''],
  ['2001::/32, Teredo', '2001:0:a00:1:: 2001:0:4136:e378:8000:63bf:f5ff:fffe', ''],
  ['2001::/23, protocols', '2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::', '2001:200:: 2001:4860:4860::8888'],
  ['2001:db8::/32, documentation', '2001:db8:: 2001:db8:ffff:ffff::', '2001:db7:ffff:: 2001:db9::'],
  ['2002::/16, 6to4', '2002:7f00:1:: 2002:c0a8:101::1 2002:a00:1::', '2002:101:101::'],
  ['2620:4f:8000::/48, AS112', '', '2620:4f:8000::1'],
  ['3fff::/20, documentation', '3fff:: 3fff:fff:ffff::', '3ffe:ffff:: 3fff:1000::'],
  ['5f00::/16, segment routing', '5f00:: 5f00:ffff::', ''],
  ['4000::/2 and beyond, not allocated', '4000:: 8000::1 e000:: 1fff::', '2000:: 2606:4700::1111 2a00:1450::1'],
  ['fc00::/7, unique local', 'fc00::1 fdff:ffff::1', ''],
  ['fe80::/10, link-local', 'fe80::1 febf::1', ''],
  ['fec0::/10, site-local', 'fec0::1 feff::1', ''],
  ['ff00::/8, multicast', 'ff02::1 ff0e::1', ''],
]
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address)
const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '')

describe('an address', () => {
  it.each(blocks)('of %s', (_, inside, outside) => {
    const all = [...words(inside), ...words(outside)]
    expect(all.filter(isPrivateAddress)).toEqual(words(inside))
    expect(all.filter((address) => isPrivateHost(new URL(`http://${bracketed(address)}/`).hostname))).toEqual(
      words(inside),
    )
  })

  it('that is invalid, or has an interface, counts as private', () => {
    for (const address of ['', 'example.org', 'fe80::1%eth0', '1.1.1', '[::1]']) {
      expect(isPrivateAddress(address)).toBe(true)
    }
  })

  it('of IPv4 is classified the same in every notation', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isPrivate = isPrivateAddress(address)
        expect(isPrivateAddress(`::ffff:${address}`)).toBe(isPrivate)
        expect(isPrivateAddress(`64:ff9b::${address}`)).toBe(isPrivate)
        expect(isPrivateHost(new URL(`http://[::ffff:${address}]`).hostname)).toBe(isPrivate)
        const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
        for (const written of [address, `${number}`, `0x${number.toString(16)}`, `${address}.`]) {
          expect(isPrivateHost(new URL(`http://${written}/`).hostname)).toBe(isPrivate)
        }
      }),
    )
  })
})

describe('a host', () => {
  it.each([
    'localhost',
    'LOCALHOST.',
    'forum.localhost',
    'intranet',
    'router',
    '[::1]',
    '[fe80::1]',
    '0',
    '2130706433',
  ])('%s is private', (host) => expect(isPrivateHost(new URL(`http://${host}/`).hostname)).toBe(true))

  it.each(['example.org', 'cdn.example', '[2606:4700::1111]', '1.1.1.1'])('%s may be public', (host) =>
    expect(isPrivateHost(new URL(`http://${host}/`).hostname)).toBe(false),
  )
})

it('a name that resolves to private addresses only is refused', async () => {
  const look = promisify(lookUpPublic)
  await expect(look('localhost', { all: true })).rejects.toMatchObject({ code: 'EPRIVATE' })
  await expect(look('localhost', {})).rejects.toMatchObject({ code: 'EPRIVATE' })
})

describe('a name that somebody else controls', () => {
  const { lookup } = dns
  afterEach(() => resolveBy(lookup))
  const resolveBy = (resolve: unknown): void => {
    Object.assign(dns, { lookup: resolve })
    syncBuiltinESMExports()
  }
  /** Resolves to one list of addresses after the other. */
  const resolvingTo = (...answers: readonly (readonly string[])[]): void => {
    const left = [...answers]
    resolveBy((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(
        null,
        (left.shift() ?? []).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })),
      ),
    )
  }
  const look = promisify(lookUpPublic)

  it('with several addresses is reached at the public ones only', async () => {
    const mixed = ['10.0.0.1', '::1', '1.1.1.1', '64:ff9b:1::101:101', '2606:4700::1111', '::ffff:127.0.0.1']
    resolvingTo(mixed, mixed)
    expect(await look('mixed.example', { all: true })).toEqual([
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ])
    expect(await look('mixed.example', {})).toBe('1.1.1.1')
  })

  it('is refused when it is public first and private the next time', async () => {
    resolvingTo(['1.1.1.1'], ['192.168.0.1'])
    expect(await look('rebound.example', { all: true })).toEqual([{ address: '1.1.1.1', family: 4 }])
    await expect(look('rebound.example', { all: true })).rejects.toMatchObject({ code: privateOnly })
  })
})
