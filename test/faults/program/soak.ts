import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { mostItems } from '../../../engine/sync/merge-items.ts'
import type { Forum } from '../../forum/forum.ts'
import { hostileAnswerNames } from '../../forum/hostile-answers.ts'
import { startForum } from '../../forum/start-forum.ts'
import { createMember, type EarlierMember, fillProfile } from './earlier-members.ts'
import { createHeapGauge } from './heap-gauge.ts'
import { conditionTimeout, type Machine } from './machine.ts'
import type { Footprint } from './soak-growth.ts'
import type { Tally } from './tally.ts'

interface Member extends EarlierMember {
  unread: number
}

/** What a soak has shown. */
export interface SoakFigures {
  readonly accounts: number
  readonly minutes: number
  readonly requests: number
  readonly faults: number
  readonly alertsDue: number
  readonly alertsTold: number
  readonly rightCounts: number
  readonly sixths: readonly Footprint[]
}

export interface SoakOptions {
  readonly machine: Machine
  readonly tally: Tally
  readonly fraction: () => number
  readonly accounts: number
  readonly minutes: number
}

/** How many accounts share a forum. */
const perForum = 10
/** Slow and endless answers are left to the network tests: here the number of faults matters. */
const faultNames = hostileAnswerNames.filter((name) => !/^(slow|endless|bomb)/.test(name))

/** Runs many accounts while one answer in twenty goes wrong: at the end every count is right. */
export const soak = async (options: SoakOptions): Promise<SoakFigures> => {
  const { machine, tally, fraction, accounts, minutes } = options
  const members = await createMembers(machine, accounts)
  const forums = [...new Set(members.map(({ forum }) => forum))]
  const gauge = createHeapGauge(machine)
  await machine.start({ env: gauge.env })
  await machine.until('all accounts are fresh', (snapshot) =>
    snapshot.accounts.every(({ state }) => state.kind === 'fresh'),
  )
  const requestsSoFar = (): number => forums.reduce((sum, forum) => sum + forum.requests.length, 0)
  const atStart = requestsSoFar()
  let faults = 0
  const due: Due[] = []
  const asked = new Map<Forum, number>()
  const sixths: Footprint[] = []
  while (sixths.length < 6) {
    const moments: Moment[] = []
    const end = performance.now() + (minutes * 60_000) / 6
    while (performance.now() < end) {
      for (const forum of forums) {
        const { length } = forum.requests
        // One in twenty of the requests since the last round.
        const share = (length - (asked.get(forum) ?? length)) / 20
        asked.set(forum, length)
        for (let fault = 0; fault < Math.floor(share + fraction()); fault += 1) {
          const answer = faultNames[Math.floor(fraction() * faultNames.length)] ?? 'portal-page'
          forum.fault({ kind: 'hostile', answer, times: 1 })
          faults += 1
        }
      }
      const member = members[Math.floor(fraction() * members.length)]
      if (member !== undefined) {
        const { user } = member
        const topic = `Soak ${due.length}`
        member.forum.notify({ user, type: 'mentioned', from: user, topicTitle: topic })
        member.unread += 1
        due.push({ user, topic })
      }
      await delay(1000)
      moments.push(momentOf(machine.pid()))
    }
    sixths.push({ ...smallest(moments), live: await gauge.measure() })
  }
  const requests = requestsSoFar() - atStart
  tally.inject('soak: faults', faults)
  for (const forum of forums) forum.clearFaults()
  const rightCounts = await countRight(options, members)
  const living = members.filter(({ forum, user }) => forum.keys(user).every(({ revokedAt }) => revokedAt === null))
  if (living.length < members.length) tally.lose('keys', `${members.length - living.length} in the soak`)
  const alertsTold = await countTold(options, due)
  await machine.quit()
  await Promise.all(forums.map((forum) => forum.stop()))
  return { accounts, minutes, requests, faults, alertsDue: due.length, alertsTold, rightCounts, sixths }
}

/** A mention that has to be told. */
interface Due {
  readonly user: string
  readonly topic: string
}

/**
 * Waits until each event has been shown once, by itself or, where an account had several at a time, in a summary.
 * Returns how many were.
 */
const countTold = async ({ machine, tally }: SoakOptions, due: readonly Due[]): Promise<number> => {
  const timesTold = (topic: string): number => machine.said().split(`“${topic}”`).length - 1
  const since = performance.now()
  const untold = (left: readonly Due[]): readonly Due[] => {
    const single = left.filter(({ topic }) => timesTold(topic) === 0)
    const summed = summedUp(machine.said())
    return single.filter(({ user }) => {
      const more = summed.get(user) ?? 0
      summed.set(user, more - 1)
      return more <= 0
    })
  }
  let left = untold(due)
  // Counts are right before the rows behind them have been listed.
  while (left.length > 0 && performance.now() - since < conditionTimeout) {
    await delay(1000)
    left = untold(due)
  }
  for (const { topic } of left) tally.lose('alerts', `soak: ${topic}`)
  for (const { topic } of due)
    if (timesTold(topic) > 1) tally.lose('alerts told twice', `soak: ${topic}: ${timesTold(topic)} times`)
  return due.length - left.length
}

/** How many notifications were told in summaries, by user. */
const summedUp = (said: string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const [, user = '', count] of said.matchAll(/ · (\S+): (\d+) new notifications$/gm))
    counts.set(user, (counts.get(user) ?? 0) + Number(count))
  return counts
}

type Moment = Omit<Footprint, 'live'>

const smallest = (moments: readonly Moment[]): Moment => ({
  megabytes: Math.min(...moments.map(({ megabytes }) => megabytes)),
  handles: Math.min(...moments.map(({ handles }) => handles)),
  sockets: Math.min(...moments.map(({ sockets }) => sockets)),
})

/** Waits until every account shows the forum's count. Returns how many do. */
const countRight = async ({ machine, tally }: SoakOptions, members: readonly Member[]): Promise<number> => {
  const since = performance.now()
  for (;;) {
    await machine.run('account.refresh', {})
    const { accounts } = await machine.snapshot()
    const wrong = members.filter(({ id, unread }) => {
      const account = accounts.find((one) => one.id === id)
      return account?.state.kind !== 'fresh' || account.counts?.total !== unread
    })
    if (wrong.length === 0) return members.length
    if (performance.now() - since > 5 * conditionTimeout) {
      for (const { id, unread } of wrong) {
        const account = accounts.find((one) => one.id === id)
        tally.lose(
          'accounts',
          `soak: ${id}: ${account?.counts?.total} for ${unread}, ${JSON.stringify(account?.state)}`,
        )
      }
      return members.length - wrong.length
    }
    await delay(5000)
  }
}

/** Members of many forums, whose accounts and keys are there before the program starts. */
const createMembers = async (machine: Machine, count: number): Promise<Member[]> => {
  const members: Member[] = []
  for (let index = 0; index < count; index += 1) {
    const last = members.at(-1)?.forum
    const forum =
      index % perForum === 0 || last === undefined
        ? await startForum({ profile: 'latest', title: `Forum ${index}`, limits: noLimits })
        : last
    const user = `soaked${index}`
    const member = createMember(forum, user, index)
    // As many rows as are kept, so that news takes no more memory.
    for (let row = 0; row < mostItems; row += 1)
      forum.notify({ user, type: 'mentioned', from: user, topicTitle: `Earlier ${row}` })
    forum.markRead(user, 'all')
    members.push({ ...member, unread: 0 })
  }
  await fillProfile(machine, members)
  return members
}

/** High, because tests send requests faster than users; the engine keeps to its own budgets all the same. */
const noLimits = { keyPerMinute: 100_000, keyPerDay: 1_000_000 }

/** @throws when the process is gone */
const momentOf = (pid: number): Moment => {
  const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
  const handles = readdirSync(`/proc/${pid}/fd`)
  const sockets = handles.filter((handle) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${handle}`).startsWith('socket:')
    } catch {
      return false
    }
  })
  return { megabytes: Math.round(Number(resident) / 1024), handles: handles.length, sockets: sockets.length }
}
