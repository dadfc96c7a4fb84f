import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Application, createApplication } from './application.ts'
import { type Answer, type Fields, type Sending, send } from './http.ts'
import { objectIn, textIn } from './json.ts'
import { logIn, type Member } from './member.ts'
import type { Version } from './version.ts'

/** Longer than any window of a limit by address. */
const HOUR = 60 * 60 * 1000
const MINUTE = 60 * 1000
const LONGEST_WAIT_SECONDS = 90

export interface Credentials {
  readonly username: string
  readonly password: string
}

export interface Target {
  /** Base address with the folder, without a trailing slash. */
  readonly url: string
  readonly profile: Version
  readonly users: readonly Credentials[]
  /** Whether it has the control interface of the simulated forum. */
  readonly control: boolean
}

/** The forum as one scenario sees it. */
export interface Site {
  readonly url: string
  readonly profile: Version
  readonly application: Application
  /** Whether `control` can be used. */
  readonly controlled: boolean
  send(method: string, path: string, sending?: Sending): Promise<Answer>
  /** The same, waiting once where a limit by address refuses (real forums only: elsewhere the clock is moved). */
  sendWithRetry(method: string, path: string, sending?: Sending): Promise<Answer>
  /** Waits until no per-minute limit is left over from earlier scenarios. */
  settle(): Promise<void>
  /** A member's browser; `traits` only where the scenario needs `control`. */
  member(traits?: Readonly<Record<string, unknown>>): Promise<Member>
  /** Somebody else. */
  otherMember(): Promise<Member>
  /** What an administrator can do, by the operations of the simulated forum. */
  control(operation: string, input?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Lets the member grant a key, and gives its clear text. */
  keyOf(member: Member, changes?: Fields): Promise<string>
  /** A member, and a key that they have granted. */
  memberWithKey(changes?: Fields): Promise<{ readonly member: Member; readonly key: string }>
}

/** Opens the forum for one scenario after the other. The members of a real forum log in once for all of them. */
export interface Sites {
  /**
   * Prepares the forum for the scenario with this number: default settings and an hour later, where it can be
   * controlled.
   * @throws Error when the forum cannot be prepared.
   */
  open(number: number): Promise<Site>
}

export function sitesOf(target: Target): Sites {
  const loggedIn = new Map<string, Promise<Member>>()
  return { open: (number) => openSite(target, number, loggedIn) }
}

async function openSite(target: Target, number: number, loggedIn: Map<string, Promise<Member>>): Promise<Site> {
  const { url, profile, users } = target
  const application = createApplication()
  let created = 0

  const control: Site['control'] = async (operation, input = {}) => {
    const answer = await fetch(`${new URL(url).origin}/__control/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const body = objectIn(await answer.json())
    if (!answer.ok) throw new Error(`The control operation ${operation} failed: ${textIn(body['error'])}`)
    return body['result']
  }
  const memberNumbered = async (index: number, traits: Readonly<Record<string, unknown>> = {}): Promise<Member> => {
    if (target.control) {
      created += 1
      // New in every run, for the forum may have seen one before.
      const username = `u${number}_${created}_${randomBytes(3).toString('hex')}`
      await control('create-user', { username, password: 'password', ...traits })
      return logIn(url, username, 'password')
    }
    const user = users[index]
    if (user === undefined) throw new Error(`This scenario needs ${index + 1} users.`)
    // Discourse lets an address log in only a few times a minute.
    const login = loggedIn.get(user.username) ?? logIn(url, user.username, user.password)
    loggedIn.set(user.username, login)
    return login
  }

  if (target.control) {
    await control('reset-settings')
    await control('clear-faults')
    await control('advance-clock', { ms: HOUR })
  }
  const site: Site = {
    url,
    profile,
    application,
    controlled: target.control,
    send: (method, path, sending) => send(url, method, path, sending),
    sendWithRetry: async (method, path, sending) => {
      const answer = await send(url, method, path, sending)
      const wait = Number(answer.headers.get('retry-after') ?? Number.NaN)
      if (answer.status !== 429 || target.control || !(wait <= LONGEST_WAIT_SECONDS)) return answer
      await sleep(wait * 1000)
      return send(url, method, path, sending)
    },
    settle: async () => {
      if (target.control) await control('advance-clock', { ms: MINUTE })
      else await sleep(MINUTE)
    },
    member: (traits) => memberNumbered(0, traits),
    otherMember: () => memberNumbered(1),
    control,
    keyOf: async (member, changes) => {
      const answer = await member.post('/user-api-key.json', application.request(changes))
      if (answer.status !== 200) throw new Error(`No key: ${answer.status} ${answer.text.slice(0, 200)}`)
      return textIn(application.decrypt(textIn(answer.json['payload']))['key'])
    },
    memberWithKey: async (changes) => {
      const member = await site.member()
      return { member, key: await site.keyOf(member, changes) }
    },
  }
  return site
}
