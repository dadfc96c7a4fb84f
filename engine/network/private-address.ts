import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'
import { isLoopback } from './is-loopback.ts'

/**
 * IPv4 networks that are not on the public internet, or lead to nobody (IANA IPv4 Special-Purpose Address Registry; RFC
 * 6890, RFC 7526 for the relays of 6to4).
 */
const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv4')

/** The only IPv6 network that IANA gives public addresses from (RFC 4291, 2.4; IANA IPv6 Address Space). */
const publicNetwork = new BlockList()
publicNetwork.addSubnet('2000::', 3, 'ipv6')
/** What in it is not public (IANA IPv6 Special-Purpose Address Registry). */
for (const [network, prefix] of [
  // Most importantly Teredo, which embeds two IPv4 addresses, one of them bit-inverted.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6')

/**
 * IPv6 addresses outside it whose last 32 bits are an IPv4 address, which may be public: mapped (RFC 4291, 2.5.5.2) and NAT64
 * (RFC 6052). With NAT64's local prefix (RFC 8215) nobody knows which bits those are.
 */
const carriers = new BlockList()
for (const network of ['::ffff:0:0', '64:ff9b::']) carriers.addSubnet(network, 96, 'ipv6')

/**
 * Whether an IP address, without brackets, is anything but one on the public internet: this computer, a local network, several
 * computers, or nobody's. True if it is not an IP address.
 */
export const isPrivateAddress = (address: string): boolean => {
  if (isIPv4(address)) return privateNetworks.check(address, 'ipv4')
  const [plain = ''] = address.split('%')
  if (isIP(plain) !== 6 || plain !== address) return true
  if (carriers.check(plain, 'ipv6')) return privateNetworks.check(lastPart(plain), 'ipv4')
  if (!publicNetwork.check(plain, 'ipv6') || privateNetworks.check(plain, 'ipv6')) return true
  const inner = sixToFour(plain)
  return inner !== undefined && privateNetworks.check(inner, 'ipv4')
}

/** The eight groups of an IPv6 address, as the URL parser writes them. */
const groups = (address: string): readonly number[] => {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const read = (text: string): number[] => (text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16)))
  const before = read(head)
  const after = tail === undefined ? [] : read(tail)
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

const dotted = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')

const lastPart = (address: string): string => dotted(...groups(address).slice(6))

/** 6to4 embeds the IPv4 address after the prefix (RFC 3056). */
const sixToFour = (address: string): string | undefined => {
  const [first, high, low] = groups(address)
  return first === 0x2002 ? dotted(high, low) : undefined
}

/**
 * Whether a host, as `URL` returns it, can only be private. Other names have to be resolved to find out.
 */
export const isPrivateHost = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  if (isIP(bare) !== 0 || hostname.startsWith('[')) return isPrivateAddress(bare)
  return isLoopback(bare) || !bare.includes('.')
}

/** The code of the error for a name that has private addresses only. */
export const privateOnly = 'EPRIVATE'

/** Resolves names like `dns.lookup`, but without private addresses; fails with `privateOnly` where there are no others. */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    const open = addresses.filter(({ address }) => !isPrivateAddress(address))
    const [first] = open
    if (first === undefined) {
      const refused = new Error(`${hostname} has private addresses only`)
      return callback(Object.assign(refused, { code: privateOnly }), [])
    }
    if (options.all === true) callback(null, open)
    else callback(null, first.address, first.family)
  })
}
