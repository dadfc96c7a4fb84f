import { createForumClient } from '../../engine/discourse/forum-client.ts'
import { createHttp } from '../../engine/discourse/http.ts'
import type { Forum } from '../forum/forum.ts'
import { startEngineRig } from '../rig/engine-rig.ts'
import type { FakeClock } from '../rig/fake-clock.ts'
import { createMemoryFiles } from '../rig/memory-files.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { untilQuiet, watchHttp } from '../rig/watched-http.ts'

/** A policy running for one user on one forum. */
export interface Follower {
  /** Waits until nothing happens any more while the clock stands still. */
  settle(): Promise<void>
  /** The user is at the machine, or away from it. */
  setPresent(isPresent: boolean): void
  stop(): Promise<void>
}

/** The environment of a policy, and the callback for its alerts. */
export interface Place {
  readonly clock: FakeClock
  readonly forum: Forum
  readonly user: string
  readonly seed: number
  readonly alert: () => void
}

export interface Policy {
  readonly name: string
  start(place: Place): Promise<Follower>
}

/** Our own engine, signed in as a user would be, with everything real except the clock. */
export const notifier: Policy = {
  name: 'this notifier',
  start: async ({ clock, forum, user, seed, alert }) => {
    const rig = await startEngineRig({ clock, random: seededRandom(seed), alerted: alert })
    await rig.connect(forum, user)
    return {
      settle: () => rig.pass(0, [forum]),
      setPresent: (isPresent) => rig.engine.setPresence({ user: isPresent ? 'active' : 'locked' }),
      stop: rig.stop,
    }
  },
}

/**
 * Polls the totals, and alerts when their sum has risen; failures are ignored (protocol.md 9).
 * @param pause milliseconds between two requests
 * @param asksAway whether it keeps polling while the user is away; if not, it polls at once when they are back
 */
const poller = (name: string, pause: number, asksAway: boolean): Policy => ({
  name,
  start: async ({ clock, forum, user, alert }) => {
    const http = watchHttp(createHttp({ userAgent: 'Bench/1' }))
    const files = createMemoryFiles()
    const { key } = forum.grantKey({ user })
    const client = createForumClient(http, forum.url, key)
    let known: number | undefined
    let cancel = (): void => undefined
    const ask = async (): Promise<void> => {
      cancel = clock.after(pause, () => void ask())
      const totals = await client.totals()
      if (!totals.ok) return
      const { total } = totals.value.counts
      if (known !== undefined && total > known) alert()
      known = total
    }
    void ask()
    return {
      settle: () => untilQuiet(http, files, [forum]),
      setPresent: (isPresent) => {
        if (asksAway) return
        cancel()
        if (isPresent) void ask()
      },
      stop: async () => {
        cancel()
        await http.close()
      },
    }
  },
})

export const policies: readonly Policy[] = [
  notifier,
  poller('DiscourseHub: 30 s in front', 30_000, false),
  poller('every 60 s', 60_000, true),
  poller('every 30 s', 30_000, true),
]
