import { networkInterfaces } from 'node:os'
import type { Clock } from '../ports/clock.ts'

export interface NetworkWatchOptions {
  readonly clock: Clock
  /** The network has changed, or is back. */
  readonly onChange: () => void
  readonly interfaces?: typeof networkInterfaces
}

/** How often the addresses are checked, and how long they must be unchanged to count as settled, in milliseconds. */
export const pollInterval = 15_000
export const settleTime = 2000

/**
 * Notices when the computer's addresses have changed, or when it has any again, once they have settled. Losing all of
 * them is not reported, because there is nothing to retry then. Neither Node nor Electron has an event for this
 * (`net.online` only knows whether there is any network), and polling costs less than a tenth of a millisecond each
 * time.
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

/** The addresses that connect to other computers, as one string; undefined if the system does not report them. */
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

/** Leaves out link-local addresses, which come and go with every container; those of IPv6 have a scope. */
const leadsOut = ({ internal, address, scopeid }: { internal: boolean; address: string; scopeid?: number }): boolean =>
  !internal && !address.startsWith('169.254.') && (scopeid ?? 0) === 0
