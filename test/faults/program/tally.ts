/** What can be lost, or let in. */
export const losses = [
  'accounts',
  'keys',
  'attempts',
  'revocations',
  'alerts',
  'alerts told twice',
  'settings',
  'secrets told',
  'let in',
  'ended by itself',
] as const

export type Loss = (typeof losses)[number]

/** The faults injected into the program in a run, and what was lost. */
export interface Tally {
  /** Counts an injected fault. */
  inject(kind: string, times?: number): void
  lose(what: Loss, detail: string): void
  injected(): ReadonlyMap<string, number>
  lost(): readonly { readonly what: Loss; readonly detail: string }[]
}

export const createTally = (): Tally => {
  const injected = new Map<string, number>()
  const lost: { what: Loss; detail: string }[] = []
  return {
    inject: (kind, times = 1) => void injected.set(kind, (injected.get(kind) ?? 0) + times),
    lose: (what, detail) => void lost.push({ what, detail }),
    injected: () => injected,
    lost: () => lost,
  }
}
