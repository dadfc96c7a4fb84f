import { networkInterfaces } from 'node:os'
import type { Clock } from '../ports/clock.ts'

/** What watching the network needs. */
export interface NetworkWatchOptions {
  readonly clock: Clock
  /** The network is another one, or back. */
  readonly onChange: () => void
  readonly interfaces?: typeof networkInterfaces
}

/** Between two looks, and how long it must have stayed the same to count, in milliseconds. */
export const pollInterval = 15_000
export const settleTime = 2000

/**
 * Notices that the computer's addresses have changed, or that it has any again, once they have settled. Losing them all
 * is told nobody: there is nothing to try then. Neither Node nor Electron has an event for it (`net.online` only knows
 * whether there is any network), and looking costs less than a tenth of a millisecond.
 */
export const watchNetwork = ({ clock, onChange, interfaces = networkInterfaces }: NetworkWatchOptions): void => {
  let settled = signature(interfaces) ?? ''

  const look = (): void => {
    const present = signature(interfaces)
    if (present === undefined || present === settled) clock.after(pollInterval, look)
    else clock.after(settleTime, () => settle(present))
  }

  const settle = (before: string): void => {
    const present = signature(interfaces) ?? before
    if (present !== before) {
      clock.after(settleTime, () => settle(present))
      return
    }
    if (present !== settled) {
      settled = present
      if (present !== '') onChange()
    }
    clock.after(pollInterval, look)
  }

  clock.after(pollInterval, look)
}

/** The addresses by which other computers can be reached, as one text; undefined when the system does not tell them. */
const signature = (interfaces: typeof networkInterfaces): string | undefined => {
  try {
    return Object.entries(interfaces())
      .flatMap(([name, addresses = []]) => addresses.filter(leadsOut).map(({ address }) => `${name} ${address}`))
      .toSorted()
      .join('\n')
  } catch {
    return undefined
  }
}

/** Link-local addresses come and go with every container and lead nowhere; those of IPv6 have a scope. */
const leadsOut = ({ internal, address, scopeid }: { internal: boolean; address: string; scopeid?: number }): boolean =>
  !internal && !address.startsWith('169.254.') && (scopeid ?? 0) === 0
