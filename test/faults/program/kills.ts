import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Result } from '../../../common/contract/failure.ts'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import type { SignInMethod } from '../../../common/contract/sign-in-method.ts'
import type { AccountView, Snapshot } from '../../../common/contract/snapshot.ts'
import { vaultItem } from '../../../engine/storage/profile.ts'
import { openProfileId } from '../../../engine/storage/profile-id.ts'
import { auditVault } from './audit-vault.ts'
import { conditionTimeout, type Machine, orCutOff } from './machine.ts'
import type { Scene } from './scene.ts'

const methods: readonly SignInMethod[] = ['paste', 'redirect', 'device']

/** What to do in a round of `killThroughout`. */
export interface KillRound {
  readonly number: number
  /** All sign-in methods and the move of the keychain item in one round; otherwise they alternate. */
  readonly isWhole: boolean
}

/**
 * Some members' way through the program, killed once in each step at a random point: add, sign in, a write to the
 * keychain, alert, mark, settings, the move of the keychain item to the profile's id, revoke. What the user would do
 * again is done again; what the program has to finish by itself is waited for.
 */
export const killThroughout = async (scene: Scene, { number, isWhole }: KillRound): Promise<void> => {
  const { forum, machine, tally } = scene
  const signIn = async (method: SignInMethod, kind: KillKind): Promise<Member> => {
    const user = `${kind.replaceAll(' ', '-')}${number}`
    forum.createUser({ username: user })
    return { user, account: await killSignIn(scene, user, method, kind) }
  }
  await killAdd(scene)
  const members: Member[] = []
  for (const [index, method] of methods.entries())
    if (isWhole || index === number % methods.length) members.push(await signIn(method, `sign-in by ${method}`))
  members.push(await signIn('paste', 'write to the keychain'))
  const [first] = members
  if (first !== undefined) {
    await killAlert(scene, first)
    await killMark(scene, first)
  }
  await killSettings(scene, number)
  if (isWhole || number % 3 === 0) await killMigration(scene)
  for (const member of members) await killRevoke(scene, member)
  await auditVault(machine, tally)
  await machine.until('no account is left', ({ accounts }) => accounts.length === 0)
}

interface Member {
  readonly user: string
  /** The id of the account. */
  readonly account: string
}

type KillKind = `sign-in by ${SignInMethod}` | 'write to the keychain'

/**
 * Kills the program up to `span` milliseconds after `work` began, and starts it again. Returns the answer from before
 * the kill.
 * @param onWay begun at a random point before the kill, and ended after it
 */
const killDuring = async (
  { machine, tally, fraction }: Scene,
  kind: string,
  span: number,
  work: () => Promise<Result<unknown>>,
  onWay?: { begin(): void; end(): void },
): Promise<Result<unknown>> => {
  const answer = orCutOff(work())
  const kill = fraction() * span
  const change = fraction() * kill
  await delay(change)
  onWay?.begin()
  await delay(kill - change)
  await machine.kill()
  onWay?.end()
  tally.inject(`killed during: ${kind}`)
  await machine.start()
  return await answer
}

/** An attempt that the user has been told about is still there, with its nonce; any other leaves nothing behind. */
const killAdd = async (scene: Scene): Promise<void> => {
  const { machine, forum, tally } = scene
  const answer = await killDuring(scene, 'add', 600, () =>
    machine.call({ call: 'begin', address: forum.url, method: 'paste' }),
  )
  const { attempts } = await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  if (answer.ok && attempts.length === 0) tally.lose('attempts', 'an attempt that was told')
  const { nonces } = await machine.secrets()
  for (const { id } of attempts) {
    if (nonces[id] === undefined) tally.lose('attempts', `${id} has no nonce`)
    await machine.run('attempt.dismiss', { attempt: id })
  }
}

/**
 * Whenever a sign-in is interrupted, handing over the same payload again completes it; a device code completes by
 * itself.
 */
const killSignIn = async (scene: Scene, user: string, method: SignInMethod, kind: KillKind): Promise<string> => {
  const { machine, forum, tally } = scene
  const { attempt, authorizeUrl, userCode } = await machine.begin(forum.url, method)
  const text = await approve(scene, user, { method, authorizeUrl, userCode })
  const work = (): Promise<Result<unknown>> =>
    text === undefined ? machine.call({ call: 'snapshot' }) : machine.run('attempt.accept', { text })
  // A frozen keychain receives a pending write only after nobody waits for the answer any more.
  const standstill = { begin: machine.keyring.freeze, end: machine.keyring.thaw }
  const onWay = kind === 'write to the keychain' ? standstill : undefined
  await killDuring(scene, kind, method === 'device' ? 6000 : 900, work, onWay)
  const isIn = ({ username, state }: AccountView): boolean => username === user && state.kind === 'fresh'
  const before = await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  const isThere = before.accounts.some(({ username }) => username === user)
  const isWaiting = before.attempts.some(({ id }) => id === attempt)
  if (!isThere && !isWaiting) tally.lose('attempts', `by ${method}, neither account nor attempt`)
  if (!isThere && text !== undefined) await machine.run('attempt.accept', { text })
  if (text === undefined) await beginAnewWhereLost(scene, user, attempt)
  const { accounts } = await machine.until(`${user} is in by ${method}`, (snapshot) => snapshot.accounts.some(isIn))
  const [account, second] = accounts.filter(({ username }) => username === user)
  if (second !== undefined) tally.lose('accounts', `${user} is there twice`)
  const living = forum.keys(user).filter(({ revokedAt }) => revokedAt === null)
  if (living.length !== 1) tally.lose('keys', `${user} has ${living.length} living keys after signing in by ${method}`)
  return account?.id ?? ''
}

/**
 * A forum gives its answer to a device code once. One that was lost between the forum and the disk cannot be repeated: the
 * user begins anew, and the key of the lost answer goes with that approval (protocol.md 1.10).
 */
const beginAnewWhereLost = async (scene: Scene, user: string, attempt: string): Promise<void> => {
  const { machine, forum, tally } = scene
  const hasEnded = ({ attempts, accounts }: Snapshot): boolean =>
    accounts.some(({ username }) => username === user) ||
    attempts.some(({ id, state }) => id === attempt && state.kind === 'expired')
  const { accounts } = await machine.until('the device code has an answer', hasEnded)
  if (accounts.some(({ username }) => username === user)) return
  tally.inject('an answer to a device code was lost')
  await machine.run('attempt.dismiss', { attempt })
  const { authorizeUrl, userCode } = await machine.begin(forum.url, 'device')
  await approve(scene, user, { method: 'device', authorizeUrl, userCode })
}

interface Approval {
  readonly method: SignInMethod
  readonly authorizeUrl: string
  readonly userCode: string | null
}

/** Returns what the browser hands back; undefined for a device code. */
const approve = async ({ forum }: Scene, user: string, approval: Approval): Promise<string | undefined> => {
  const { method, authorizeUrl, userCode } = approval
  if (method === 'device') {
    await forum.approveDevice({ verificationUrl: authorizeUrl, userCode: userCode ?? '', user, decision: 'authorize' })
    return undefined
  }
  const { payload, redirect } = await forum.authorize({ authorizeUrl, user })
  return method === 'redirect' ? redirect : payload
}

let topics = 0

/** Each event is shown once: a kill loses at most one alert, and none is shown twice. */
const killAlert = async (scene: Scene, { user, account }: Member): Promise<void> => {
  const { machine, forum, tally } = scene
  const title = nextTopic()
  forum.notify({ user, type: 'mentioned', from: user, topicTitle: title })
  await killDuring(scene, 'poll and alert', 900, () => machine.run('account.refresh', { account }))
  await seeRow(scene, account, (item) => item.title === title)
  // Alerts come in order: once the later one is shown, the earlier one has been decided.
  const later = nextTopic()
  forum.notify({ user, type: 'mentioned', from: user, topicTitle: later })
  await machine.run('account.refresh', { account })
  const since = performance.now()
  while (timesTold(machine, later) === 0 && performance.now() - since < conditionTimeout) await delay(50)
  const [first, second] = [timesTold(machine, title), timesTold(machine, later)]
  if (second === 0) tally.lose('settings', `no alert without a kill: ${later}`)
  if (first === 0) tally.lose('alerts', title)
  if (first > 1 || second > 1) tally.lose('alerts told twice', `${title}: ${first}, ${later}: ${second}`)
}

const nextTopic = (): string => {
  topics += 1
  return `Topic number ${topics} of this run`
}

const timesTold = (machine: Machine, title: string): number => machine.said().split(`“${title}”`).length - 1

/** Waits until a row is listed, refreshing as a user would. */
const seeRow = async (
  { machine }: Scene,
  account: string,
  isMeant: (item: NotificationItem) => boolean,
): Promise<NotificationItem> => {
  await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  const since = performance.now()
  for (let looks = 0; ; looks += 1) {
    const { accounts } = await machine.snapshot()
    const row = accounts.find(({ id }) => id === account)?.items?.find(isMeant)
    if (row !== undefined) return row
    if (performance.now() - since > conditionTimeout) throw new Error(`not listed: ${JSON.stringify(accounts)}`)
    // Not more often, or the key's budget is spent.
    if (looks % 50 === 0) await machine.run('account.refresh', { account })
    await delay(100)
  }
}

/** A row confirmed as read is read, and the snapshot matches the forum. */
const killMark = async (scene: Scene, { user, account }: Member): Promise<void> => {
  const { machine, forum, tally } = scene
  const { id } = forum.notify({ user, type: 'mentioned', from: user, topicTitle: nextTopic() })
  await seeRow(scene, account, (item) => item.id === id)
  const isRead = async (): Promise<boolean> => {
    await machine.run('account.refresh', { account })
    return (await seeRow(scene, account, (item) => item.id === id)).read
  }
  const answer = await killDuring(scene, 'mark as read', 300, () =>
    machine.run('notification.read', { account, notification: id }),
  )
  await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  if (answer.ok && !(await isRead())) tally.lose('settings', `row ${id} was said to be read`)
  // A row can be marked only once it is listed again.
  await seeRow(scene, account, (item) => item.id === id)
  await markRead(machine, account, id)
  if (!(await isRead())) tally.lose('settings', `row ${id} cannot be marked after a kill`)
}

/** Marks a row, again while our own pace or the forum's limit holds that up. @throws for any other failure */
const markRead = async (machine: Machine, account: string, notification: number): Promise<void> => {
  const since = performance.now()
  for (;;) {
    const answer = await machine.run('notification.read', { account, notification })
    if (answer.ok) return
    const isPaced = answer.failure.code === 'paced' || answer.failure.code === 'rate_limited'
    if (!isPaced || performance.now() - since > conditionTimeout)
      throw new Error(`mark: ${JSON.stringify(answer.failure)}`)
    await delay(1000)
  }
}

/** A confirmed change of settings is kept; an unconfirmed one may or may not be, and the file is valid in any case. */
const killSettings = async (scene: Scene, round: number): Promise<void> => {
  const { machine, tally } = scene
  const before = (await machine.snapshot()).preferences.general.refreshSeconds
  const wanted = 60 + ((round * 7) % 60)
  const answer = await killDuring(scene, 'change of settings', 60, () =>
    machine.run('preferences.change', { general: { refreshSeconds: wanted } }),
  )
  const { preferences, notices } = await machine.snapshot()
  const kept = preferences.general.refreshSeconds
  if (kept !== wanted && (answer.ok || kept !== before)) tally.lose('settings', `${kept} in the place of ${wanted}`)
  for (const { failure } of notices) tally.lose('settings', failure.code)
}

/** A profile from before profiles had ids, reached by another path: its keychain item moves. */
const killMigration = async (scene: Scene): Promise<void> => {
  const { machine, tally } = scene
  await machine.quit()
  const id = openProfileId(machine.profile).id
  const link = path.join(machine.home, 'link')
  rmSync(link, { force: true })
  symlinkSync(path.join(machine.home, 'profile'), link)
  const former = createHash('sha256').update(path.resolve(link)).digest('hex').slice(0, 16)
  const text = await machine.keyring.read(vaultItem(id))
  await machine.keyring.write(vaultItem(former), text)
  await machine.keyring.write(vaultItem(id), null)
  for (const name of ['profile.json', 'profile.copy.json']) rmSync(path.join(machine.home, 'profile', name))
  // What a kill between two steps leaves behind: a half-written image, and the page that redirects a browser.
  mkdirSync(path.join(machine.home, 'profile', 'images'), { recursive: true })
  for (const name of ['images/00000001.avatar.new', 'open.html'])
    writeFileSync(path.join(machine.home, 'profile', name), 'x')
  machine.profile = link
  const before = JSON.stringify(JSON.parse(text ?? '').keys)
  await machine.start()
  await killDuring(scene, 'move of the keychain item', 900, () => machine.run('vault.retry', {}))
  await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  if (JSON.stringify((await machine.secrets()).keys) !== before) tally.lose('keys', 'in the move of the keychain item')
}

/** A key confirmed as revoked is; any other is still listed and can be revoked. */
const killRevoke = async (scene: Scene, { user, account }: Member): Promise<void> => {
  const { machine, forum, tally } = scene
  const isAlive = (): boolean => forum.keys(user).some(({ revokedAt }) => revokedAt === null)
  const answer = await killDuring(scene, 'revoke', 700, () => machine.run('account.revoke', { account }))
  if (answer.ok && isAlive()) tally.lose('revocations', `${user}: said to be revoked`)
  const { accounts } = await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
  const isThere = accounts.some(({ id }) => id === account)
  if (!isThere && isAlive()) tally.lose('revocations', `${user}: no account, and a living key`)
  if (isThere) await machine.run('account.revoke', { account })
  await machine.until('the account goes', ({ accounts: all }) => !all.some(({ id }) => id === account))
  if (isAlive()) tally.lose('revocations', `${user}: the key lives on`)
}
