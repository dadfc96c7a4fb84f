import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { pollInterval, settleTime, watchNetwork } from './watch-network.ts'

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: `${address}/24`,
})

const linkLocal: NetworkInterfaceInfo = {
  address: 'fe80::1',
  internal: false,
  family: 'IPv6',
  scopeid: 3,
  netmask: 'ffff:ffff:ffff:ffff::',
  mac: '00:00:00:00:00:00',
  cidr: 'fe80::1/64',
}

const home = { wlan0: [ipv4('192.168.1.7')] }
const cafe = { wlan0: [ipv4('10.0.0.7')] }

const setUp = () => {
  const clock = createFakeClock()
  const network: { now: NodeJS.Dict<NetworkInterfaceInfo[]> | undefined } = { now: home }
  const changes: number[] = []
  const start = clock.now()
  watchNetwork({
    clock,
    onChange: () => changes.push(clock.now() - start),
    interfaces: () => {
      if (network.now === undefined) throw new Error('uv_interface_addresses returned Unknown system error')
      return network.now
    },
  })
  return { clock, network, changes }
}

describe('a change of network', () => {
  it('is reported once it has settled', () => {
    const { clock, network, changes } = setUp()
    clock.advance(pollInterval)
    network.now = cafe
    clock.advance(10 * pollInterval)
    expect(changes).toEqual([2 * pollInterval + settleTime])
  })

  it('is reported once, however many changes there are before it settles', () => {
    const { clock, network, changes } = setUp()
    network.now = {}
    clock.advance(pollInterval + 1)
    network.now = { wlan0: [ipv4('10.0.0.9')] }
    clock.advance(settleTime)
    network.now = cafe
    clock.advance(10 * pollInterval)
    expect(changes).toEqual([pollInterval + 3 * settleTime])
  })

  it('is not reported when it is reverted within moments', () => {
    const { clock, network, changes } = setUp()
    network.now = {}
    clock.advance(pollInterval + 1)
    network.now = home
    clock.advance(10 * pollInterval)
    expect(changes).toEqual([])
  })

  it('is reported when the same network returns, but not when it disappears', () => {
    const { clock, network, changes } = setUp()
    network.now = {}
    clock.advance(4 * pollInterval)
    expect(changes).toEqual([])
    network.now = home
    clock.advance(4 * pollInterval)
    expect(changes).toHaveLength(1)
  })

  it('is not reported for link-local and loopback addresses', () => {
    const { clock, network, changes } = setUp()
    network.now = { ...home, lo: [ipv4('127.0.0.1', true)], veth0: [linkLocal, ipv4('169.254.1.1')] }
    clock.advance(10 * pollInterval)
    expect(changes).toEqual([])
  })

  it('is not reported when the system does not list the addresses for a while', () => {
    const { clock, network, changes } = setUp()
    network.now = undefined
    clock.advance(2 * pollInterval)
    network.now = home
    clock.advance(2 * pollInterval)
    expect(changes).toEqual([])
  })
})
