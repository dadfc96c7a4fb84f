/** The notifications that can still be clicked: shells have to hold on to them, or their clicks are lost. */
export interface HeldNotifications<Handle> {
  /** Takes out the notification of this tag, which a new one replaces. */
  take(tag: string): Handle | undefined
  /** Takes out the oldest one, if there are as many as may be held. */
  takeOldest(): Handle | undefined
  hold(tag: string, handle: Handle): void
  /** Takes out the first one that fits. */
  release(fits: (handle: Handle) => boolean): Handle | undefined
  releaseAll(): void
}

/**
 * @param most how many are held at once: some systems never say that one was closed
 */
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
