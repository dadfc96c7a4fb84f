import * as v from 'valibot'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateFiles } from '../storage/state-files.ts'

/** What was told lately, and for which account: two accounts of one person are notified of the same post. */
export interface AlertHistory {
  /** Notes that something is being told; false when it was told already for another account of the site. */
  note(site: string, account: string, item: NotificationItem): boolean
}

const fileName = 'told'
/** How long something counts as told, in milliseconds, and how much is kept. */
const lifetime = 24 * 60 * 60_000
const most = 500

const entrySchema = v.object({ account: v.string(), at: v.number() })
const fileSchema = v.object({ version: v.literal(1), told: v.array(v.tuple([v.string(), entrySchema])) })

export const createAlertHistory = (clock: Clock, files: StateFiles): AlertHistory => {
  const read = v.safeParse(fileSchema, files.read(fileName))
  // By site, place and person, the oldest first.
  const told = new Map(read.success ? read.output.told : [])
  return {
    note: (site, account, item) => {
      // What is about no topic is about the user alone.
      if (item.topic === null) return true
      const now = clock.now()
      const key = JSON.stringify([site, item.url, item.actor])
      const before = told.get(key)
      if (before !== undefined && before.account !== account && now - before.at < lifetime) return false
      told.delete(key)
      told.set(key, { account, at: now })
      for (const [oldest, { at }] of told) {
        if (told.size <= most && now - at < lifetime) break
        told.delete(oldest)
      }
      files.write(fileName, { version: 1, told: [...told] })
      return true
    },
  }
}
