import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { isPrivateAddress, isPrivateHost, lookUpPublic } from './private-address.ts'

const privateOnes = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'febf::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0:127.0.0.1',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '2001:0:a00:1::',
  '2001:0:4136:e378:8000:63bf:f5ff:fffe',
  '2002:7f00:1::',
  '2002:c0a8:101::1',
]
const publicOnes = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.1.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450::1',
  '::ffff:1.1.1.1',
  '64:ff9b::101:101',
  '2002:101:101::',
]

describe('an address', () => {
  it.each(privateOnes)('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true))
  it.each(publicOnes)('%s is public', (address) => expect(isPrivateAddress(address)).toBe(false))

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
