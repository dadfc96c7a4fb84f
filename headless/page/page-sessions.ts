import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
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
  sessions: v.array(
    v.object({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), usedAt: v.pipe(v.number(), v.finite()) }),
  ),
})

/**
 * Stores sessions as SHA-256 hashes in the profile, so that reading the file gives no access to the page, and a page
 * that is open while the notifier restarts on the same port stays logged in. Sessions are 256 random bits: no salt is
 * needed.
 * @param now milliseconds since 1970
 */
export const createPageSessions = (files: Pick<StateFiles, 'read' | 'write'>, now: () => number): PageSessions => {
  const saved = v.safeParse(savedSchema, files.read(fileName))
  const usedAt = new Map(saved.success ? saved.output.sessions.map(({ hash, usedAt: at }) => [hash, at]) : [])

  const isLive = (hash: string): boolean => {
    const at = usedAt.get(hash)
    return at !== undefined && Math.abs(now() - at) < sessionLifetime
  }
  const write = () => {
    const live = [...usedAt]
      .filter(([hash]) => isLive(hash))
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, mostSessions)
    usedAt.clear()
    for (const [hash, at] of live) usedAt.set(hash, at)
    files.write(fileName, { sessions: live.map(([hash, at]) => ({ hash, usedAt: at })) })
  }

  return {
    begin: () => {
      const session = randomBytes(32).toString('hex')
      usedAt.set(hashOf(session), now())
      write()
      return session
    },
    has: (session) => {
      // Looks up the hash, not the session, so that timing reveals nothing about a session.
      const hash = hashOf(session)
      if (!isLive(hash)) return false
      if (now() - (usedAt.get(hash) ?? 0) > writeInterval) {
        usedAt.set(hash, now())
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
