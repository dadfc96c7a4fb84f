/** The notifications that can still be clicked. A shell has to hold on to them, or their clicks are lost. */
export interface HeldNotifications<Handle> {
  /** Removes and returns the notification with this tag, which a new one replaces. */
  take(tag: string): Handle | undefined
  /** Removes and returns the oldest one, if as many are held as may be. */
  takeOldest(): Handle | undefined
  hold(tag: string, handle: Handle): void
  /** Removes and returns the first one that fits. */
  release(fits: (handle: Handle) => boolean): Handle | undefined
  releaseAll(): void
}

/** @param most how many are held at once, since some systems never report that one was closed */
export const createHeldNotifications = <Handle>(most: number): HeldNotifications<Handle> => {
  // By tag, oldest first.
  const held = new Map<string, Handle>()
  const take = (tag: string): Handle | undefined => {
    const handle = held.get(tag)
    held.delete(tag)
    return handle
  }
  return {
    take,
    takeOldest: () => {
      const [oldest] = held.keys()
      return oldest === undefined || held.size < most ? undefined : take(oldest)
    },
    hold: (tag, handle) => void held.set(tag, handle),
    release: (fits) => {
      const [tag] = [...held].find(([, handle]) => fits(handle)) ?? []
      return tag === undefined ? undefined : take(tag)
    },
    releaseAll: () => held.clear(),
  }
}
