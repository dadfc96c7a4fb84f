import { afterEach, describe, expect, it } from 'vitest'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { createPageHost, type PageHost } from './page-host.ts'

const soon = <T>(look: () => T) => expect.poll(look, { interval: 2 })
const encoder = new TextEncoder()
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const refused = () => json(401, { ok: false, failure: { code: 'not_authorised' } })

/** One open stream of events, written by the test. */
interface Line {
  readonly write: (data: string | Uint8Array) => void
  readonly end: () => void
}

let host: PageHost | undefined
afterEach(() => {
  host?.stop()
  host = undefined
})

/** A page host in a browser made of plain objects, and the shell at its other end. */
const open = (
  page: {
    fragment?: string
    stored?: string
    isUp?: boolean
    isClipboardClosed?: boolean
    mayRead?: boolean
    text?: string
    /** How many forums the first screen has room for; a promise for the moment when its first snapshot is painted. */
    firstForums?: number
    painted?: Promise<void>
    /** What the shell answers when it is asked whether it wants alerts shown in the page; the user has not decided. */
    alertsWanted?: Promise<boolean>
  } = {},
) => {
  const stored = new Map<string, string>(page.stored === undefined ? [] : [['discourse-notifier.session', page.stored]])
  const timers = new Set<{ readonly run: () => void; readonly milliseconds: number }>()
  const requests: { path: string; body: unknown; authorization: string | null }[] = []
  const lines: Line[] = []
  const shell = {
    token: 'good',
    session: 'session-1',
    isUp: page.isUp ?? true,
    command: () => json(200, { ok: true, value: null }),
  }
  let fragment = page.fragment ?? ''

  const stream = (): Response => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        lines.push({
          write: (data) => controller.enqueue(typeof data === 'string' ? encoder.encode(data) : data),
          end: () => controller.close(),
        })
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = String(input)
    const authorization = new Headers(init?.headers).get('authorization')
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    // Every connection asks that as well, beside its updates.
    if (path !== '/api/alerts/wanted') requests.push({ path, body, authorization })
    if (!shell.isUp) throw new TypeError('Failed to fetch')
    if (path === '/api/session') {
      const isGood = JSON.stringify(body) === JSON.stringify({ token: shell.token })
      return isGood ? json(200, { session: shell.session }) : refused()
    }
    if (authorization !== `Bearer ${shell.session}`) return refused()
    if (path.startsWith('/api/authorize-link/')) return new Response(`https://meta.example/user-api-key/new?of=${path}`)
    if (path === '/api/alerts/wanted') return json(200, { wanted: await page.alertsWanted })
    return path.startsWith('/api/updates') ? stream() : shell.command()
  }

  const copied: string[] = []
  const read: string[] = []
  host = createPageHost({
    fetch,
    copy: async (text) => {
      if (page.isClipboardClosed === true) throw new Error('not allowed')
      copied.push(text)
    },
    mayReadClipboard: async () => {
      if (page.mayRead === undefined) throw new TypeError('not a permission here')
      return page.mayRead
    },
    readClipboard: async () => {
      if (page.text === undefined) throw new Error('not allowed')
      read.push(page.text)
      return page.text
    },
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    fragment: {
      read: () => fragment,
      clear: () => {
        fragment = ''
      },
    },
    notifications: {
      permission: () => (page.alertsWanted === undefined ? null : 'default'),
      ask: async () => 'denied',
      show: () => undefined,
      alone: (work) => work(),
    },
    firstForums: () => page.firstForums ?? null,
    painted: async () => await page.painted,
    schedule: (run, milliseconds) => {
      const timer = { run, milliseconds }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  })
  const present = host
  return {
    host: present,
    copied,
    read,
    shell,
    lines,
    requests,
    stored,
    fragment: () => fragment,
    waits: () => [...timers].map(({ milliseconds }) => milliseconds),
    /** Lets the one timer of that length run out. */
    elapse: (milliseconds: number) => {
      const timer = [...timers].find((candidate) => candidate.milliseconds === milliseconds)
      if (timer === undefined) throw new Error(`nothing waits for ${milliseconds} ms`)
      timers.delete(timer)
      timer.run()
    },
    line: async (index: number): Promise<Line> => {
      await soon(() => lines.length).toBeGreaterThan(index)
      const line = lines[index]
      if (line === undefined) throw new Error('no such line')
      return line
    },
    becomes: (connection: string) => soon(() => present.getState().connection).toBe(connection),
    revision: () => present.getState().snapshot?.revision,
  }
}

/** A whole snapshot as the shell writes it. */
const event = (revision: number, whole = snapshot({ revision })) =>
  `data: ${JSON.stringify(snapshotUpdate(null, whole))}\n\n`

describe('entering', () => {
  it('exchanges the token for a session, and takes the token out of the address', async () => {
    const page = open({ fragment: '#token=good' })
    expect(page.host.getState()).toEqual({ connection: 'connecting', snapshot: null })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    expect(page.requests.map(({ path, body, authorization }) => [path, body, authorization])).toEqual([
      ['/api/session', { token: 'good' }, null],
      ['/api/updates', undefined, 'Bearer session-1'],
    ])
    expect(page.fragment()).toBe('')
    expect([...page.stored.values()]).toEqual(['session-1'])
  })

  it('shows nothing before it knows whether to offer alerts, for that would move the rows', async () => {
    const wanted = deferred<boolean>()
    const page = open({ stored: 'session-1', alertsWanted: wanted.promise })
    const line = await page.line(0)
    line.write(event(1))
    await soon(page.waits).toContain(5000)
    expect(page.host.getState().snapshot).toBeNull()
    wanted.resolve(true)
    await page.becomes('connected')
    expect(page.host.alerts?.getState()).toBe('offered')
    expect(page.waits()).not.toContain(5000)
  })

  it('shows what there is when nobody can say whether to offer alerts', async () => {
    const page = open({ stored: 'session-1', alertsWanted: new Promise(() => undefined) })
    const line = await page.line(0)
    line.write(event(1))
    await soon(page.waits).toContain(5000)
    page.elapse(5000)
    await page.becomes('connected')
  })

  it('uses the session of the tab when the page is loaded again', async () => {
    const page = open({ stored: 'session-1' })
    await page.line(0)
    expect(page.requests.map(({ path }) => path)).toEqual(['/api/updates'])
  })

  it('uses the session from before when the address has a token as well, and takes that out of the address', async () => {
    const page = open({ stored: 'session-1', fragment: '#token=good' })
    await page.line(0)
    expect(page.requests.map(({ path }) => path)).toEqual(['/api/updates'])
    await soon(page.fragment).toBe('')
    expect([...page.stored.values()]).toEqual(['session-1'])
  })

  it('asks with the session from before at once, before the rest of the page is evaluated', () => {
    expect(open({ stored: 'session-1' }).requests.map(({ path }) => path)).toEqual(['/api/updates'])
  })

  it('asks for what is new first where it begins with that, and after a broken connection for all', async () => {
    const page = open({ stored: 'session-1', firstForums: 9 })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    line.end()
    await page.becomes('lost')
    page.elapse(500)
    await page.line(1)
    expect(page.requests.map(({ path }) => path)).toEqual(['/api/updates?first=9', '/api/updates'])
  })

  it('reads what follows the first snapshot once that is painted', async () => {
    const painted = deferred<void>()
    const page = open({ stored: 'session-1', painted: painted.promise })
    const line = await page.line(0)
    line.write(event(1))
    line.write(event(2))
    await page.becomes('connected')
    await new Promise((resolve) => setImmediate(resolve))
    expect(page.revision()).toBe(1)
    painted.resolve()
    await soon(page.revision).toBe(2)
  })

  it('exchanges the token when the shell refuses the session from before', async () => {
    const page = open({ stored: 'session-of-an-earlier-profile', fragment: '#token=good' })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    expect(page.requests.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/api/updates', 'Bearer session-of-an-earlier-profile'],
      ['/api/session', null],
      ['/api/updates', 'Bearer session-1'],
    ])
    expect(page.fragment()).toBe('')
    expect([...page.stored.values()]).toEqual(['session-1'])
  })

  it('is signed out when the shell refuses both', async () => {
    const page = open({ stored: 'session-of-an-earlier-profile', fragment: '#token=old' })
    await page.becomes('signedOut')
    expect(page.fragment()).toBe('')
    expect([...page.stored.values()]).toEqual([])
  })

  it('leaves the address of a view alone', async () => {
    const page = open({ stored: 'session-1', fragment: '#inbox' })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    expect(page.fragment()).toBe('#inbox')
  })

  it('says that a part of the address is missing, and asks nothing of the shell', async () => {
    const page = open({ fragment: '#add' })
    await page.becomes('noToken')
    expect(page.requests).toEqual([])
  })

  it('is signed out by a token that is not good any more', async () => {
    const page = open({ fragment: '#token=old' })
    await page.becomes('signedOut')
    expect(page.fragment()).toBe('')
    expect(page.waits()).toEqual([])
  })

  it('keeps the token until the shell has answered', async () => {
    const page = open({ fragment: '#token=good', isUp: false })
    await page.becomes('lost')
    expect(page.fragment()).toBe('#token=good')
    page.shell.isUp = true
    page.elapse(500)
    await page.line(0)
    expect(page.fragment()).toBe('')
  })
})

describe('snapshots', () => {
  it('arrive whole however the bytes are cut', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    const text = `: hello\n\n${event(1)}: still here\r\n\r\n${event(2).replaceAll('\n', '\r\n')}`
    for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) line.write(piece)
    await soon(page.revision).toBe(2)
  })

  it('keep their letters when one is cut in the middle', async () => {
    const page = open({ stored: 'session-1' })
    const bytes = encoder.encode(event(1, snapshot({ accounts: [account({ username: 'zoë' })] })))
    const middle = bytes.indexOf(0xc3) + 1
    const line = await page.line(0)
    line.write(bytes.slice(0, middle))
    line.write(bytes.slice(middle))
    await soon(() => page.host.getState().snapshot?.accounts[0]?.username).toBe('zoë')
  })

  it('are followed by what has changed since', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    const eve = account()
    const before = snapshot({ revision: 5, accounts: [eve, account({ id: 'account-2' })] })
    const after = snapshot({ ...before, revision: 9, accounts: [eve, account({ id: 'account-2', isLive: true })] })
    line.write(event(5, before))
    line.write(`data: ${JSON.stringify(snapshotUpdate(before, after))}\n\n`)
    await soon(page.revision).toBe(9)
    expect(page.host.getState().snapshot).toEqual(after)
  })

  it.each([
    ['does not fit', JSON.stringify(snapshotUpdate(snapshot({ revision: 6 }), snapshot({ revision: 7 })))],
    ['lacks something', '{"base":5,"revision":6}'],
    ['is no update', '<html>'],
  ])('begin anew, on another connection, when what arrives %s', async (_, odd) => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(`${event(5)}data: ${odd}\n\n${event(6)}`)
    await page.becomes('lost')
    expect(page.revision()).toBe(5)
    page.elapse(500)
    const next = await page.line(1)
    next.write(event(8))
    await soon(page.revision).toBe(8)
    expect(page.host.getState().connection).toBe('connected')
  })

  it('that cannot be read are asked for at growing intervals', async () => {
    const page = open({ stored: 'session-1' })
    for (const [index, wait] of [500, 1000, 2000].entries()) {
      const line = await page.line(index)
      line.write('data: {}\n\n')
      await soon(page.waits).toEqual([wait])
      page.elapse(wait)
    }
  })

  it('may count from the beginning after the connection was lost', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(event(9))
    await soon(page.revision).toBe(9)
    line.end()
    await page.becomes('lost')
    page.elapse(500)
    const next = await page.line(1)
    next.write(event(1))
    await soon(page.revision).toBe(1)
    expect(page.host.getState().connection).toBe('connected')
  })
})

describe('a lost connection', () => {
  it('keeps the last snapshot and is tried again at growing intervals', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(event(3))
    await page.becomes('connected')
    page.shell.isUp = false
    line.end()
    await page.becomes('lost')
    for (const wait of [500, 1000, 2000, 4000, 8000, 8000]) {
      await soon(page.waits).toEqual([wait])
      page.elapse(wait)
    }
    expect(page.revision()).toBe(3)
    page.shell.isUp = true
    const next = await page.line(1)
    next.write(event(4))
    await page.becomes('connected')
    next.end()
    await soon(page.waits).toEqual([500])
  })

  it('is noticed by silence, which a comment line breaks', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    line.write(': still here\n\n')
    await soon(page.waits).toEqual([45_000])
    page.elapse(45_000)
    await page.becomes('lost')
    expect(page.waits()).toEqual([500])
  })

  it('ends in being signed out when the shell that comes back is another one', async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    page.shell.session = 'session-2'
    line.end()
    await page.becomes('lost')
    page.elapse(500)
    await page.becomes('signedOut')
    expect([...page.stored.values()]).toEqual([])
    expect(page.waits()).toEqual([])
  })
})

describe('the clipboard', () => {
  const text = 'see https://meta.discourse.org/t/release/12'

  it('is looked at only where the user has allowed that for good', async () => {
    const allowed = open({ mayRead: true, text })
    expect(await allowed.host.clipboard.look()).toBe('https://meta.discourse.org')
    for (const page of [open({ mayRead: false, text }), open({ text })]) {
      expect(await page.host.clipboard.look()).toBeNull()
      expect(page.read).toEqual([])
    }
  })

  it('is read when the user asks for it, and gives nothing where the browser refuses', async () => {
    expect(await open({ text }).host.clipboard.paste?.()).toBe(text)
    expect(await open().host.clipboard.paste?.()).toBeNull()
    expect(await open({ mayRead: true }).host.clipboard.look()).toBeNull()
  })
})

describe('copying the link of an attempt', () => {
  it('copies the address of the forum, which works on another device as well', async () => {
    const page = open({ stored: 'session-1' })
    expect(await page.host.execute('attempt.copyLink', { attempt: 'a1' })).toEqual({ ok: true, value: null })
    expect(page.copied).toEqual(['https://meta.example/user-api-key/new?of=/api/authorize-link/a1'])
  })

  it('fails where the browser keeps the clipboard to itself', async () => {
    const page = open({ stored: 'session-1', isClipboardClosed: true })
    expect(await page.host.execute('attempt.copyLink', { attempt: 'a1' })).toMatchObject({ ok: false })
  })
})

describe('commands', () => {
  const connected = async () => {
    const page = open({ stored: 'session-1' })
    const line = await page.line(0)
    line.write(event(1))
    await page.becomes('connected')
    return page
  }

  it('are posted with the session, and give what the shell answers', async () => {
    const page = await connected()
    page.shell.command = () => json(200, { ok: true, value: { account: 'account-1' } })
    const result = await page.host.execute('attempt.accept', { text: 'payload' })
    expect(result).toEqual({ ok: true, value: { account: 'account-1' } })
    expect(page.requests.at(-1)).toEqual({
      path: '/api/commands/attempt.accept',
      body: { text: 'payload' },
      authorization: 'Bearer session-1',
    })
  })

  it('give the failure with its parameters', async () => {
    const page = await connected()
    const failure = { code: 'timed_out', params: { host: 'meta.example', seconds: 10 } }
    page.shell.command = () => json(200, { ok: false, failure })
    expect(await page.host.execute('account.refresh', {})).toEqual({ ok: false, failure })
  })

  it('fail with a code of their own when nobody answers, or nobody sensible', async () => {
    const page = await connected()
    page.shell.command = () => json(200, { ok: 'perhaps' })
    expect(await page.host.execute('account.refresh', {})).toEqual({ ok: false, failure: { code: 'internal' } })
    page.shell.isUp = false
    expect(await page.host.execute('account.refresh', {})).toEqual({ ok: false, failure: { code: 'not_running' } })
  })

  it('notice that the page is signed out', async () => {
    const page = await connected()
    page.shell.session = 'session-2'
    expect(await page.host.execute('account.refresh', {})).toEqual({ ok: false, failure: { code: 'not_authorised' } })
    expect(page.host.getState().connection).toBe('signedOut')
    expect(await page.host.execute('account.refresh', {})).toEqual({ ok: false, failure: { code: 'not_authorised' } })
  })
})
