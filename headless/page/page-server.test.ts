import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { openAttemptPath, openSignedInPath, pagePaths, updateInterval } from '../../common/contract/bridge.ts'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { applyUpdate, type SnapshotUpdate, snapshotUpdateSchema } from '../../common/contract/snapshot-update.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { defaultAccount, defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, counts, notification, snapshot } from '../../common/testing/samples.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { costlyInputs } from '../../test/rig/costly-inputs.ts'
import { type EngineRig, expectOk, type RigOptions, startEngineRig } from '../../test/rig/engine-rig.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { processorTime } from '../../test/rig/processor-time.ts'
import { createPageAlerts, type PageAlerts } from './page-alerts.ts'
import { type PageServer, startPageServer } from './page-server.ts'
import { createPageSessions } from './page-sessions.ts'

// The loopback server over real HTTP, as used by the page, by other web pages and by malicious programs.

const toStop: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of toStop.splice(0).toReversed()) await stop()
})

const index = { type: 'text/html; charset=utf-8', body: new TextEncoder().encode('<!doctype html>') }

const start = async (
  options?: RigOptions,
  snapshot?: Snapshot,
  execute?: EngineRig['engine']['execute'],
): Promise<{ rig: EngineRig; server: PageServer; alerts: PageAlerts; origin: string; token: string }> => {
  const rig = await startEngineRig(options)
  toStop.push(() => rig.stop())
  const files = new Map([
    ['/index.html', index],
    ['/assets/index-DD9opZ36.js', { type: 'text/javascript; charset=utf-8', body: new TextEncoder().encode('0') }],
  ])
  const alerts = createPageAlerts()
  const server = expectOk(
    await startPageServer({
      engine: {
        ...rig.engine,
        ...(snapshot === undefined ? {} : { snapshot: () => snapshot }),
        ...(execute === undefined ? {} : { execute }),
      },
      ...{ files, port: 0, clock: rig.clock, t: createTranslate() },
      sessions: createPageSessions({ read: () => undefined, write: () => undefined }, createFakeClock()),
      alerts: { areWanted: async () => true, join: alerts.join },
    }),
  )
  toStop.push(() => server.close())
  const url = new URL(server.url)
  return { rig, server, alerts, origin: url.origin, token: url.hash.slice('#token='.length) }
}

const enter = async (origin: string, token: string): Promise<string> => {
  const answer = await fetch(origin + pagePaths.session, { method: 'POST', body: JSON.stringify({ token }) })
  return v.parse(v.object({ session: v.string() }), await answer.json()).session
}

const command = (origin: string, session: string, name: string, input: unknown, headers: Record<string, string> = {}) =>
  fetch(origin + pagePaths.commands + name, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  })

/** `fetch` does not let a program choose its Host header; an attacker's program can. */
const statusWithHost = (origin: string, path: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request(origin + path, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

describe('the page', () => {
  it('has headers that allow no other sources, requests or frames', async () => {
    const { origin } = await start()
    const answer = await fetch(`${origin}/`)
    expect(answer.status).toBe(200)
    const policy = answer.headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toContain('unsafe')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  it('lets a browser cache only files with a content hash in their name', async () => {
    const { origin, token } = await start()
    const keeping = async (path: string, init?: RequestInit) =>
      (await fetch(origin + path, init)).headers.get('cache-control')
    expect(await keeping('/assets/index-DD9opZ36.js')).toBe('private, max-age=31536000, immutable')
    for (const path of ['/', '/index.html', '/assets/none.js', '/image/none', '/open/none', pagePaths.updates]) {
      expect(await keeping(path)).toBe('no-store')
    }
    expect(await keeping(pagePaths.session, { method: 'POST', body: JSON.stringify({ token }) })).toBe('no-store')
  })

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/../../package.json', '/settings.json', '//etc/passwd'])(
    'has no file %s',
    async (path) => {
      const { origin } = await start()
      expect(await statusWithHost(origin, path, new URL(origin).host)).toBe(404)
    },
  )

  it('is served for loopback host names only', async () => {
    const { origin } = await start()
    const { port, host } = new URL(origin)
    expect(await statusWithHost(origin, '/', host)).toBe(200)
    expect(await statusWithHost(origin, '/', `localhost:${port}`)).toBe(200)
    for (const foreign of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`]) {
      expect(await statusWithHost(origin, '/', foreign)).toBe(403)
    }
  })
})

describe('the interface', () => {
  it('exchanges the token for a session, which everything else requires', async () => {
    const { origin, token } = await start()
    const session = await enter(origin, token)
    expect(session).toMatch(/^[0-9a-f]{64}$/)
    expect(session).not.toBe(token)
    const answer = await command(origin, session, 'account.refresh', {})
    expect(await answer.json()).toEqual({ ok: true, value: null })
  })

  it.each(['', 'wrong', '0'.repeat(64)])('rejects any other token, such as %j', async (wrong) => {
    const { origin } = await start()
    const answer = await fetch(origin + pagePaths.session, { method: 'POST', body: JSON.stringify({ token: wrong }) })
    expect(answer.status).toBe(401)
    expect((await command(origin, wrong, 'account.refresh', {})).status).toBe(401)
  })

  it('does not parse large bodies without a session', async () => {
    const { origin } = await start()
    const answer = await fetch(origin + pagePaths.session, { method: 'POST', body: '['.repeat(500_000) })
    expect(answer.status).toBe(413)
  })

  it('requires a session for snapshots and commands', async () => {
    const { origin, token } = await start()
    expect((await fetch(origin + pagePaths.updates)).status).toBe(401)
    expect((await command(origin, token, 'account.refresh', {})).status).toBe(401)
  })

  it('refuses other web pages, even with a session', async () => {
    const { origin, token } = await start()
    const session = await enter(origin, token)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: origin.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await command(origin, session, 'account.refresh', {}, headers)).status).toBe(403)
    }
    expect((await command(origin, session, 'account.refresh', {}, { origin })).status).toBe(200)
  })

  it('refuses invalid JSON, large bodies and unknown commands', async () => {
    const { origin, token } = await start()
    const session = await enter(origin, token)
    const headers = { authorization: `Bearer ${session}` }
    const url = `${origin}${pagePaths.commands}account.refresh`
    const broken = await fetch(url, { method: 'POST', headers, body: '{' })
    expect(await broken.json()).toMatchObject({ ok: false, failure: { code: 'command_invalid' } })
    const large = await fetch(url, { method: 'POST', headers, body: 'x'.repeat(2_000_000) })
    expect(large.status).toBe(413)
    const unknown = await command(origin, session, 'constructor', {})
    expect(await unknown.json()).toMatchObject({ failure: { code: 'command_invalid' } })
  })

  it('answers a request with a session in less than 50 ms of the processor, whatever its body is', async () => {
    const { origin, token } = await start()
    const authorization = `Bearer ${await enter(origin, token)}`
    const costs: Record<string, number> = {}
    for (const [what, name, body] of costlyInputs) {
      const send = () => fetch(origin + pagePaths.commands + name, { method: 'POST', headers: { authorization }, body })
      costs[what] = await processorTime(async () => expect((await send()).status).toBe(200))
    }
    expect(Object.entries(costs).filter(([, cost]) => cost >= 50)).toEqual([])
  })

  it('reads the settings of a thousand accounts at once', async () => {
    const { origin, token } = await start()
    const session = await enter(origin, token)
    const ids = Array.from({ length: 1000 }, (_, index) => `account-${index}`)
    const accounts = Object.fromEntries(ids.map((id) => [id, { ...defaultAccount, mutedTopics: [1, 2, 3, 4, 5] }]))
    const { overview, ...others } = defaultPreferences
    const change = { ...others, accounts, overview: { ...overview, ungrouped: ids } }
    // That none of them is here is found out after the input was read.
    const answer = await (await command(origin, session, 'preferences.change', change)).json()
    expect(answer).toMatchObject({ failure: { code: 'account_unknown' } })
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('answers %s with the allowed methods', async (method) => {
    const { origin } = await start()
    for (const path of ['/', pagePaths.session, `${pagePaths.commands}account.refresh`]) {
      for (const body of method === 'OPTIONS' ? [undefined] : [undefined, '{}']) {
        const answer = await fetch(origin + path, { method, ...(body === undefined ? {} : { body }) })
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
      }
    }
  })

  it('streams the current snapshot, then changes', async () => {
    const { origin, token, rig } = await start()
    const session = await enter(origin, token)
    const stop = new AbortController()
    const answer = await fetch(origin + pagePaths.updates, {
      headers: { authorization: `Bearer ${session}` },
      signal: stop.signal,
    })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const readOne = async (): Promise<SnapshotUpdate> => {
      const { value = '' } = (await reader?.read()) ?? {}
      return v.parse(snapshotUpdateSchema, JSON.parse(/data: (.*)/.exec(value)?.[1] ?? 'null'))
    }
    const whole = applyUpdate(null, await readOne())
    expect(whole).toEqual(rig.engine.snapshot())
    const forum = await startForum({ profile: '3.4' })
    toStop.push(() => forum.stop())
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    // All changes arrive in one update, and later ones only after the throttle interval.
    rig.clock.advance(0)
    const update = await readOne()
    expect(update).toMatchObject({ base: whole?.revision, accounts: { changed: [] }, others: {} })
    expect(applyUpdate(whole ?? null, update)).toEqual(rig.engine.snapshot())
    const next = readOne()
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    rig.clock.advance(updateInterval - 1)
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    rig.clock.advance(1)
    const { attempts, revision } = await next
    expect(attempts.changed).toHaveLength(2)
    expect(revision).toBe(rig.engine.snapshot().revision)
    stop.abort()
  })

  it('streams the first screen first to a page that asks for it so, and the rest a moment later', async () => {
    const items = [1, 2, 3].map((id) => notification({ id: 10 - id, read: id !== 2 }))
    const accounts = ['a', 'b'].map((id) =>
      account({ id, items, counts: counts({ notifications: 1 }), site: { ...account().site, base: id, title: id } }),
    )
    const whole = snapshot({ accounts })
    const { rig, origin, token } = await start({}, whole)
    const stop = new AbortController()
    const answer = await fetch(`${origin}${pagePaths.updates}?first=1`, {
      headers: { authorization: `Bearer ${await enter(origin, token)}` },
      signal: stop.signal,
    })
    const updates = []
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      for (const [, data = ''] of text.matchAll(/data: (.*)/g))
        updates.push(v.parse(snapshotUpdateSchema, JSON.parse(data)))
      if (updates.length === 2) break
      rig.clock.advance(updateInterval)
    }
    stop.abort()
    const [first, second] = updates
    if (first === undefined || second === undefined) throw new Error('the stream has ended')
    const news = applyUpdate(null, first)
    expect(news?.accounts.map(({ id, items: rows }) => [id, rows?.map((row) => row.id)])).toEqual([['a', [9, 8]]])
    expect(news?.unlisted).toEqual({ news: 1, forums: 1, uncounted: 0, quiet: 0 })
    expect(applyUpdate(news ?? null, second)).toEqual(whole)
  })

  it('logs all pages out at once: their streams end, and their sessions are refused', async () => {
    const { origin, token } = await start()
    const [one, other] = [await enter(origin, token), await enter(origin, token)]
    const headers = { authorization: `Bearer ${other}` }
    const stream = await fetch(origin + pagePaths.updates, { headers })
    const refused = await fetch(origin + pagePaths.logOut, { method: 'POST', body: '{}' })
    expect(refused.status).toBe(401)
    const answer = await fetch(origin + pagePaths.logOut, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${one}` },
    })
    expect(await answer.json()).toEqual({ ok: true, value: null })
    await stream.text()
    expect((await fetch(origin + pagePaths.updates, { headers })).status).toBe(401)
    expect((await command(origin, await enter(origin, token), 'account.refresh', {})).status).toBe(200)
  })

  it('ends its streams when it closes', async () => {
    const { origin, token, server } = await start()
    const session = await enter(origin, token)
    const answer = await fetch(origin + pagePaths.updates, { headers: { authorization: `Bearer ${session}` } })
    const ended = text(answer.body ?? new ReadableStream()).then(
      () => 'ended',
      () => 'ended',
    )
    await server.close()
    expect(await ended).toBe('ended')
  })

  it('has so many commands in progress, and one more is refused until another ends', async () => {
    const ends: (() => void)[] = []
    const { origin, token } = await start(
      {},
      undefined,
      () => new Promise((resolve) => ends.push(() => resolve(ok(null)))),
    )
    const session = await enter(origin, token)
    const send = async () => await (await command(origin, session, 'account.refresh', {})).json()
    const sent = Array.from({ length: commandLimits.inProgress }, send)
    await expect.poll(() => ends.length).toBe(commandLimits.inProgress)
    expect(await send()).toEqual(fail('too_many_requests', { count: commandLimits.inProgress }))
    ends.shift()?.()
    expect(await Promise.any(sent)).toEqual(ok(null))
    const another = send()
    await expect.poll(() => ends.length).toBe(commandLimits.inProgress)
    for (const end of ends) end()
    expect(await Promise.all([...sent, another])).toEqual(Array.from({ length: sent.length + 1 }, () => ok(null)))
  })

  it('has so many streams open, and one more is refused until another ends', async () => {
    const { origin, token } = await start()
    const headers = { authorization: `Bearer ${await enter(origin, token)}` }
    const open = (path: string, signal: AbortSignal) => fetch(origin + path, { headers, signal })
    const pages = Array.from({ length: commandLimits.streams }, () => new AbortController())
    const paths = [pagePaths.updates, pagePaths.alerts]
    // Their headers come with their first event, which alerts may not have for long.
    const opened = pages.map(({ signal }, index) => open(paths[index % 2] ?? '', signal).catch(() => undefined))
    const last = new AbortController()
    toStop.push(async () => {
      for (const page of [...pages, last]) page.abort()
      await Promise.all(opened)
    })
    await expect
      .poll(async () => {
        const one = new AbortController()
        const { status } = await open(pagePaths.updates, one.signal)
        one.abort()
        return status
      })
      .toBe(503)
    expect((await fetch(origin + pagePaths.alertsWanted, { headers })).status).toBe(200)
    pages[0]?.abort()
    await expect.poll(async () => (await open(pagePaths.updates, last.signal)).status).toBe(200)
  })

  it('cuts off programs that hold more connections than there are, and is reached as soon as they let go', async () => {
    const { origin } = await start()
    const { hostname, port } = new URL(origin)
    const held = Array.from({ length: 600 }, () =>
      connect(Number(port), hostname)
        .on('error', () => undefined)
        .resume(),
    )
    toStop.push(async () => void held.map((socket) => socket.destroy()))
    // No more than so many: the others are cut off.
    await expect.poll(() => held.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(100)
    for (const socket of held) socket.destroy()
    await expect.poll(async () => await statusWithHost(origin, '/', `${hostname}:${port}`).catch(() => 0)).toBe(200)
  })

  it('redirects to the authorize page of a pending attempt, and of no other', async () => {
    const { origin, token, rig } = await start()
    const forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }] })
    toStop.push(() => forum.stop())
    const { attempt, authorizeUrl } = expectOk(await rig.engine.begin(forum.url, 'paste'))
    const answer = await fetch(origin + openAttemptPath(attempt), { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, authorizeUrl])
    // As text for copying, only for a page that is logged in.
    const session = await enter(origin, token)
    const link = async (some: string, headers = {}) => await fetch(origin + pagePaths.authorizeLink + some, { headers })
    expect((await link(attempt)).status).toBe(401)
    const authorization = `Bearer ${session}`
    expect(await (await link(attempt, { authorization })).text()).toBe(authorizeUrl)
    expect((await link('none', { authorization })).status).toBe(404)
    expect((await fetch(origin + openAttemptPath('0'.repeat(32)), { redirect: 'manual' })).status).toBe(404)
    expectOk(await rig.run('attempt.dismiss', { attempt }))
    expect((await fetch(origin + openAttemptPath(attempt), { redirect: 'manual' })).status).toBe(404)
  })

  it('redirects to a forum with the user logged in, by an account’s link only', async () => {
    const { origin, rig } = await start()
    const forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }] })
    toStop.push(() => forum.stop())
    const { attempt } = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    expectOk(await rig.run('attempt.scope', { attempt, scope: 'one_time_password', wanted: true }))
    const authorizeUrl = rig.engine.authorizeUrl(attempt) ?? ''
    const { redirect = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    const [account] = rig.engine.snapshot().accounts
    const follow = (path: string) => fetch(origin + path, { redirect: 'manual' })
    const answer = await follow(account?.links.signedIn ?? '')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${forum.url}/session/otp/[0-9a-f]{32}$`))
    expect((await follow(openSignedInPath(account?.id ?? ''))).status).toBe(404)
  })
})

describe('alerts for pages', () => {
  const message = { tag: 'a1', title: 'Meta', body: 'mika mentioned you', silent: false, actions: [] }

  /** A page that listens, and a function that disconnects it. */
  const listen = async (origin: string, session: string) => {
    const leaving = new AbortController()
    const headers = { authorization: `Bearer ${session}` }
    const answer = await fetch(origin + pagePaths.alerts, { headers, signal: leaving.signal })
    const heard: string[] = []
    const ended = (async () => {
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(piece)
    })().catch(() => undefined)
    const leave = async () => {
      leaving.abort()
      await ended
    }
    return { heard, leave }
  }

  it('require a session', async () => {
    const { origin, token } = await start()
    expect((await fetch(origin + pagePaths.alerts)).status).toBe(401)
    expect((await fetch(origin + pagePaths.alertsWanted)).status).toBe(401)
    const headers = { authorization: `Bearer ${await enter(origin, token)}` }
    expect(await (await fetch(origin + pagePaths.alertsWanted, { headers })).json()).toEqual({ wanted: true })
  })

  it('reach the page that connected last, and are unsupported once all have disconnected', async () => {
    const { origin, token, alerts } = await start()
    expect(await alerts.show(message)).toEqual({ kind: 'unsupported' })
    const session = await enter(origin, token)
    const first = await listen(origin, session)
    const second = await listen(origin, session)
    const target = { account: 'a', url: 'https://meta.example/t/1' }
    expect(await alerts.show({ ...message, target })).toEqual({ kind: 'shown' })
    const sent = { tag: 'a1', title: 'Meta', body: 'mika mentioned you', silent: false, target }
    await expect.poll(() => second.heard).toEqual([`data: ${JSON.stringify(sent)}\n\n`])
    await second.leave()
    await expect
      .poll(async () => {
        await alerts.show({ ...message, tag: 'a2' })
        return first.heard[0]
      })
      .toContain('"tag":"a2"')
    await first.leave()
    await expect.poll(() => alerts.show(message)).toEqual({ kind: 'unsupported' })
  })
})

describe('a page that listens for alerts and does not read', () => {
  it('is kept the newest 50 only', async () => {
    const { origin, token, alerts } = await start()
    const authorization = `Bearer ${await enter(origin, token)}`
    const asked = request(origin + pagePaths.alerts, { headers: { authorization } }).end()
    toStop.push(async () => void asked.destroy())
    const answer = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve))
    const all = 1000
    // More than the system keeps for a connection.
    const body = 'x'.repeat(50_000)
    for (let number = 1; number <= all; number += 1)
      await alerts.show({ tag: `a${number}`, title: 'Meta', body, silent: false, actions: [] })
    let said = ''
    for await (const piece of answer.setEncoding('utf8')) {
      said += piece
      if (said.includes(`"tag":"a${all}"`)) break
    }
    const tags = [...said.matchAll(/"tag":"a(\d+)"/g)].map(([, number]) => Number(number))
    expect(tags.length).toBeLessThan(all)
    expect(tags.slice(-50)).toEqual(Array.from({ length: 50 }, (_, index) => all - 49 + index))
  })
})

describe('pictures', () => {
  it('are served from this origin, by their links, and only to this page', async () => {
    const { origin, rig } = await start({ hasImages: true })
    const forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }] })
    toStop.push(() => forum.stop())
    await rig.connect(forum, 'eve')
    const { accounts } = await rig.until((now) => now.accounts[0]?.avatar != null && now.accounts[0].icon !== null)
    for (const path of [accounts[0]?.avatar, accounts[0]?.icon]) {
      const answer = await fetch(origin + path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100)
      expect(await statusWithHost(origin, path ?? '', 'evil.example')).toBe(403)
    }
    for (const path of ['/image/', `/image/${accounts[0]?.id}`, `/image/${'0'.repeat(32)}`]) {
      expect((await fetch(origin + path)).status).toBe(404)
    }
  })
})

describe('the port', () => {
  it('in use by another program is named in the failure', async () => {
    const { rig, origin } = await start()
    const port = Number(new URL(origin).port)
    const second = await startPageServer({
      engine: rig.engine,
      files: new Map(),
      port,
      clock: rig.clock,
      t: createTranslate(),
      sessions: createPageSessions({ read: () => undefined, write: () => undefined }, createFakeClock()),
      alerts: { areWanted: async () => false, join: () => () => undefined },
    })
    expect(second).toEqual({ ok: false, failure: { code: 'port_taken', params: { port: String(port) } } })
  })
})
