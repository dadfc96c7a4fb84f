import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { pagePaths } from '../../../common/contract/bridge.ts'
import type { Result } from '../../../common/contract/failure.ts'
import { type Snapshot, snapshotSchema } from '../../../common/contract/snapshot.ts'
import { callInstance } from '../../../engine/control/call-instance.ts'
import { controlPath } from '../../../engine/control/control-path.ts'
import type { ControlCall } from '../../../engine/control/control-protocol.ts'
import { startDesktop } from '../../e2e/desktop.ts'
import { desktopProgram } from '../../e2e/desktop-program.ts'
import { beginSignIn, builtProgram, conditionTimeout, type Machine } from './machine.ts'
import { approvedCode, expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** A way for a link or a code to arrive. Returns whether it was accepted; null where there is no answer. */
interface Arrival {
  readonly name: string
  hand(text: string): Promise<boolean | null>
}

/**
 * Links and codes that belong to no sign-in: well-formed, for another purpose, truncated, too long, with odd
 * characters.
 */
const forgedLinks = (fraction: () => number): readonly string[] => {
  const base64 = (length: number): string =>
    Array.from({ length }, () => 'ABCDEFGHabcdefgh01234567+/'[Math.floor(fraction() * 26)]).join('')
  const payload = (): string => `${base64(342)}==`
  return [
    `discourse://auth_redirect?payload=${encodeURIComponent(payload())}`,
    `discourse://auth_redirect?payload=${encodeURIComponent(payload())}&oneTimePassword=${encodeURIComponent(payload())}`,
    `discourse://auth_redirect?oneTimePassword=${encodeURIComponent(payload())}`,
    `DISCOURSE://AUTH_REDIRECT/?payload=${payload()}`,
    'discourse://auth_redirect?payload=',
    'discourse://user:password@auth_redirect:80/?payload=x#y',
    `discourse://auth_redirect?payload=${'A'.repeat(7_000)}`,
    'discourse:auth_redirect?payload=\u0000\u001b[31m',
    payload(),
  ]
}

/**
 * Hands over forged links in every way that the command line has; then the right payload, which must still be accepted.
 * @param isLong each link through xdg-open as well
 */
export const forgeLinks = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, forum, tally, fraction } = scene
  const before = (await machine.snapshot()).accounts.length
  const text = await approvedCode(machine, forum, 'ivy')
  const arrivals: readonly Arrival[] = [
    { name: 'control socket', hand: async (link) => (await machine.run('attempt.accept', { text: link })).ok },
    { name: 'command line', hand: async (link) => (await accept(machine, [link])) === 0 },
    { name: 'command line, to be started', hand: async (link) => (await accept(machine, ['--start', link])) === 0 },
    await byPage(machine),
    ...(isLong ? [await byXdgOpen(machine)] : []),
  ]
  for (const link of forgedLinks(fraction)) for (const arrival of arrivals) await arrive(scene, arrival, link)
  const after = (await machine.snapshot()).accounts.length
  if (after !== before) tally.lose('let in', 'an account by a forged link')
  const right = await machine.run('attempt.accept', { text })
  if (!right.ok) tally.lose('attempts', `the right answer after forged ones: ${right.failure.code}`)
  await expectMembers(scene, ['ivy'], 'forged links')
}

const arrive = async ({ tally }: Scene, { name, hand }: Arrival, link: string): Promise<void> => {
  // An argument cannot hold this character at all.
  const isArgument = name !== 'control socket' && name !== 'page'
  if (isArgument && link.includes('\u0000')) return
  tally.inject(`forged link by ${name}`)
  if (await hand(link)) tally.lose('let in', `${name}: ${link.slice(0, 60)}`)
}

const accept = async (machine: Machine, words: readonly string[]): Promise<number> => {
  try {
    await promisify(execFile)(process.execPath, [builtProgram, 'accept', '--profile', machine.profile, ...words], {
      env: machine.env,
    })
    return 0
  } catch {
    return 1
  }
}

/** As if the user pasted it into the page. */
const byPage = async (machine: Machine): Promise<Arrival> => {
  const { origin, hash } = new URL(machine.url())
  const post = async (at: string, body: unknown, session = ''): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${session}` }
    return await (await fetch(`${origin}${at}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const token = hash.slice('#token='.length)
  const { session } = v.parse(v.object({ session: v.string() }), await post(pagePaths.session, { token }))
  return {
    name: 'page',
    hand: async (text) => {
      const answer = await post(`${pagePaths.commands}attempt.accept`, { text }, session)
      return v.parse(v.object({ ok: v.boolean() }), answer).ok
    },
  }
}

/** As a browser hands a link to the system: the desktop entry of the program starts its command line. */
const byXdgOpen = async (machine: Machine): Promise<Arrival> => {
  const words = [builtProgram, 'register-handler', '--profile', machine.profile]
  await promisify(execFile)(process.execPath, words, { env: machine.env })
  // xdg-open looks for desktop entries only where there is a display, and opens none.
  const env = { ...machine.env, DISPLAY: ':99' }
  return {
    name: 'xdg-open',
    hand: async (link) => {
      await promisify(execFile)('xdg-open', [link], { env }).catch(() => undefined)
      return null
    },
  }
}

/** `accept --start` with anything but a forum's response starts nothing. */
export const startByGarbage = async (scene: Scene): Promise<void> => {
  const { machine, tally } = scene
  for (const garbage of ['hello', 'discourse://auth_redirect?payload=', 'https://evil.example/', 'discourse://x']) {
    await accept(machine, ['--start', garbage])
    tally.inject('started by garbage')
    const shown = await machine.call({ call: 'show' })
    if (shown.ok) {
      tally.lose('let in', `started by ${garbage}`)
      await machine.call({ call: 'quit' })
    }
  }
}

/**
 * Forged links for the desktop program: started with one, and handed over by a second instance, alone or with the
 * options of a start; then the right answer in each of these ways. By xdg-open they reach it in electron-packed.e2e.ts:
 * its desktop entry starts it in Chromium's sandbox, which root cannot.
 */
export const forgeDesktopLinks = async (scene: Scene): Promise<void> => {
  const { machine, forum, tally, fraction } = scene
  const home = path.join(machine.home, 'desktop-home')
  mkdirSync(home, { mode: 0o700 })
  const desktop = await startDesktop(home)
  const places = { HOME: home, XDG_DATA_HOME: `${home}/data`, XDG_CONFIG_HOME: `${home}/config`, XDG_RUNTIME_DIR: home }
  const env = { ...machine.env, ...places, ...desktop.env }
  const { program, args } = desktopProgram()
  // Links of forums go to the program that runs on the default profile.
  const profile = path.join(home, 'config', 'discourse-notifier')
  const start = (...words: readonly string[]): ChildProcess =>
    spawn(program, [...args, '--no-keychain', '--hidden', ...words], { env, stdio: 'ignore' })
  const call = (asked: ControlCall): Promise<Result<unknown>> => callInstance(controlPath(profile), asked)
  const snapshot = async (): Promise<Snapshot | undefined> => {
    const answer = await call({ call: 'snapshot' }).catch(() => undefined)
    return answer?.ok === true ? v.parse(snapshotSchema, answer.value) : undefined
  }
  const until = async (what: string, fits: (now: Snapshot) => boolean): Promise<void> => {
    for (const since = performance.now(); ; await delay(100)) {
      const now = await snapshot()
      if (now !== undefined && fits(now)) return
      if (performance.now() - since > conditionTimeout) throw new Error(`${what}: ${JSON.stringify(now?.accounts)}`)
    }
  }
  const second = async (...words: readonly string[]): Promise<null> => {
    const child = start(...words)
    await new Promise((resolve) => child.once('exit', resolve))
    return null
  }
  const arrivals: readonly Arrival[] = [
    { name: 'second instance', hand: (link) => second(link) },
    { name: 'second instance with --add', hand: (link) => second('--add', link) },
    { name: 'second instance with --check', hand: (link) => second(link, '--check') },
  ]
  const links = forgedLinks(fraction)
  const first = start(links[0] ?? '')
  const ended = new Promise((resolve) => first.once('exit', resolve))
  try {
    tally.inject('forged link by a start of the desktop program')
    await until('the desktop program runs', () => true)
    for (const arrival of arrivals) for (const link of links) await arrive(scene, arrival, link)
    if ((await snapshot())?.accounts.length !== 0)
      tally.lose('let in', 'an account of the desktop program, by a forged link')
    for (const [index, { name, hand }] of arrivals.entries()) {
      const user = `arrived${index}`
      forum.createUser({ username: user })
      const { authorizeUrl } = await beginSignIn(call, forum.url, 'redirect')
      const { redirect = '' } = await forum.authorize({ authorizeUrl, user })
      await hand(redirect)
      await until(`${user} is in by ${name}`, ({ accounts }) => accounts.some(({ username }) => username === user))
    }
  } finally {
    await call({ call: 'quit' }).catch(() => undefined)
    await ended
    await desktop.stop()
  }
}
