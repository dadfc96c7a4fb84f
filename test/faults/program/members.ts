import { setTimeout as delay } from 'node:timers/promises'
import type { Forum } from '../../forum/forum.ts'
import { conditionTimeout, type Machine } from './machine.ts'
import type { Tally } from './tally.ts'

/** Begins a sign-in and approves it in the browser. Returns the payload, which can be handed over more than once. */
export const approvedCode = async (machine: Machine, forum: Forum, user: string): Promise<string> => {
  const { authorizeUrl } = await machine.begin(forum.url, 'paste')
  return (await forum.authorize({ authorizeUrl, user })).payload ?? ''
}

/** Signs a member in, and waits for the first numbers. */
export const connect = async (machine: Machine, forum: Forum, user: string): Promise<string> => {
  const text = await approvedCode(machine, forum, user)
  const answer = await machine.run('attempt.accept', { text })
  // The program retries by itself.
  if (!answer.ok && answer.failure.code !== 'paced') throw new Error(`accept: ${JSON.stringify(answer.failure)}`)
  const { accounts } = await machine.until(`${user} is in`, (snapshot) =>
    snapshot.accounts.some(({ username, state }) => username === user && state.kind === 'fresh'),
  )
  return accounts.find(({ username }) => username === user)?.id ?? ''
}

/** After trouble: each of these members has one account that works, and one living key. */
export const expectMembers = async (
  { machine, forum, tally }: { readonly machine: Machine; readonly forum: Forum; readonly tally: Tally },
  users: readonly string[],
  after: string,
): Promise<void> => {
  const since = performance.now()
  for (let looks = 0; ; looks += 1) {
    const { accounts } = await machine.snapshot()
    const isIn = (user: string): boolean =>
      accounts.filter(({ username, state }) => username === user && state.kind === 'fresh').length === 1
    const missing = users.filter((user) => !isIn(user))
    if (missing.length === 0) break
    if (performance.now() - since > conditionTimeout) {
      for (const user of missing) {
        const found = accounts.filter(({ username }) => username === user).map(({ state }) => state)
        tally.lose('accounts', `${user} after ${after}: ${JSON.stringify(found)}`)
      }
      break
    }
    // Not more often, or the budgets are spent.
    if (looks % 50 === 20) await machine.run('account.refresh', {})
    await delay(100)
  }
  for (const user of users) {
    const living = forum.keys(user).filter(({ revokedAt }) => revokedAt === null).length
    if (living !== 1) tally.lose('keys', `${user} has ${living} living keys after ${after}`)
  }
}

/** Notifies a member; resolves when the alert was shown, or counts it as lost. */
export const expectAlert = async (
  { machine, forum, tally }: { readonly machine: Machine; readonly forum: Forum; readonly tally: Tally },
  user: string,
  title: string,
  after: string,
): Promise<void> => {
  forum.notify({ user, type: 'mentioned', from: user, topicTitle: title })
  const told = (): number => machine.said().split(`“${title}”`).length - 1
  const since = performance.now()
  while (told() === 0 && performance.now() - since < conditionTimeout) await delay(100)
  if (told() === 0) tally.lose('alerts', `${title} after ${after}`)
  if (told() > 1) tally.lose('alerts told twice', `${title} after ${after}`)
}
