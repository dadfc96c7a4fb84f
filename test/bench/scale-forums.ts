import { setInterval } from 'node:timers'
import { startForum } from '../forum/start-forum.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import type { BenchAccount } from './scale-messages.ts'

// Simulated forums in a process of their own: `node bench-scale-forums.js <accounts>`. Tells its parent where they are, and
// ends with it.

const accountsPerForum = 4
/** How often something happens to an account, in milliseconds: 60 times a day. */
const newsPause = (24 * 60 * 60_000) / 60
const tick = 500

const count = Number(process.argv[2])
const random = seededRandom(1)
const accounts: BenchAccount[] = []
const happen: (() => void)[] = []

while (accounts.length < count) {
  const users = Array.from(
    { length: Math.min(accountsPerForum, count - accounts.length) },
    (_, index) => `user${index}`,
  )
  const forum = await startForum({ profile: '3.4' })
  for (const username of users) {
    const { id } = forum.createUser({ username })
    accounts.push({ base: forum.url, username, userId: id, key: forum.grantKey({ user: username }).key })
    let unread = 0
    happen.push(() => {
      unread = (unread + 1) % 10
      if (unread === 0) forum.markRead(username, 'all')
      else forum.notify({ user: username, type: 'mentioned' })
    })
  }
}

setInterval(() => {
  for (const each of happen) if (random.fraction() < tick / newsPause) each()
}, tick)
process.once('disconnect', () => process.exit())
process.send?.(accounts)
