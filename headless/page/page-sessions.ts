import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { timeSchema } from '../../common/contract/time-schema.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

/** The pages that are logged in, also after a restart of the notifier. */
export interface PageSessions {
  /** Logs a page in. Returns its session: 64 hex digits, which only the page keeps. */
  readonly begin: () => string
  /** Whether a session is logged in. Each use extends it. */
  readonly has: (session: string) => boolean
  /** Logs all pages out. */
  readonly endAll: () => void
}

/** A page that has not been used for this long is logged out; in milliseconds. */
export const sessionLifetime = 30 * 24 * 60 * 60_000

/** Most sessions at a time; one more ends the least recently used one. */
export const mostSessions = 50

/** Time between two writes of a session's last use to the profile, in milliseconds. */
const writeInterval = 60 * 60_000

const fileName = 'page-sessions'
const savedSchema = v.object({
  sessions: v.array(v.object({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), usedAt: timeSchema })),
})

/**
 * Stores sessions as SHA-256 hashes in the profile, so that reading the file gives no access to the page, and a page
 * that is open while the notifier restarts on the same port stays logged in. Sessions are 256 random bits: no salt is
 * needed.
 *
 * While the notifier runs, a session's age goes by the monotonic clock, so that setting the computer's clock neither
 * ends a session nor prolongs it. Over a restart only the wall clock can tell; a last use in the future then counts as
 * one now, and is saved as such, or a clock that was ahead once would keep the session for as long.
 */
export const createPageSessions = (
  files: Pick<StateFiles, 'read' | 'write'>,
  clock: Pick<Clock, 'now' | 'elapsed'>,
): PageSessions => {
  /** When each session was last used, by its hash, on the monotonic clock; negative for before that began. */
  const usedAt = new Map<string, number>()

  const idleFor = (hash: string): number => clock.elapsed() - (usedAt.get(hash) ?? Number.NEGATIVE_INFINITY)
  const write = () => {
    const live = [...usedAt]
      .filter(([hash]) => idleFor(hash) < sessionLifetime)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, mostSessions)
    usedAt.clear()
    for (const [hash, at] of live) usedAt.set(hash, at)
    const now = clock.now()
    files.write(fileName, { sessions: live.map(([hash]) => ({ hash, usedAt: now - idleFor(hash) })) })
  }

  const saved = v.safeParse(savedSchema, files.read(fileName))
  const sessions = saved.success ? saved.output.sessions : []
  for (const { hash, usedAt: at } of sessions) usedAt.set(hash, clock.elapsed() - Math.max(0, clock.now() - at))
  if (sessions.some(({ usedAt: at }) => at > clock.now())) write()

  return {
    begin: () => {
      const session = randomBytes(32).toString('hex')
      usedAt.set(hashOf(session), clock.elapsed())
      write()
      return session
    },
    has: (session) => {
      // Looks up the hash, not the session, so that timing reveals nothing about a session.
      const hash = hashOf(session)
      const idle = idleFor(hash)
      if (idle >= sessionLifetime) return false
      if (idle > writeInterval) {
        usedAt.set(hash, clock.elapsed())
        write()
      }
      return true
    },
    endAll: () => {
      usedAt.clear()
      write()
    },
  }
}

const hashOf = (session: string): string => createHash('sha256').update(session).digest('hex')
