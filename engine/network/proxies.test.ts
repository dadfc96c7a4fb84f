import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { type Authority, createAuthority, missingAuthority } from '../../test/rig/authority.ts'
import { findUnusedPort } from '../../test/rig/find-unused-port.ts'
import { type ProxyOptions, type ProxyRig, startProxy } from '../../test/rig/start-proxy.ts'
import { startSocksProxy } from '../../test/rig/start-socks-proxy.ts'
import { createHttp, type HttpOptions, type HttpStack } from '../discourse/http.ts'
import { Cancellation } from './cancellation.ts'

// A simulated forum behind TLS as `forum.test`, a name that only the proxies of these tests can find.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const proxyOf = async (options?: ProxyOptions): Promise<ProxyRig> => {
  const proxy = await startProxy(options)
  ends.push(proxy.stop)
  return proxy
}

describe.skipIf(missingAuthority !== undefined)(
  `behind a proxy${missingAuthority ? ` (${missingAuthority})` : ''}`,
  () => {
    let authority: Authority
    let forum: Forum
    let host: string
    beforeAll(async () => {
      authority = createAuthority()
      const names = ['DNS:forum.test', 'IP:127.0.0.1']
      forum = await startForum({ profile: '3.4', title: 'Meta', tls: authority.certify(names) })
      host = `forum.test:${new URL(forum.url).port}`
    })
    afterEach(() => {
      forum.clearFaults()
      forum.clearRequests()
    })
    afterAll(async () => {
      await forum.stop()
      authority.remove()
    })

    const httpOf = async (proxy: ProxySetting, options: Partial<HttpOptions> = {}): Promise<HttpStack> => {
      const http = createHttp({ userAgent: 'DiscourseNotifier/test', ...options })
      ends.push(http.close)
      expect(await http.setNetwork({ proxy, certificates: [authority.file] })).toEqual([])
      return http
    }
    const manual = (url: string): ProxySetting => ({ kind: 'manual', url })
    const system: ProxySetting = { kind: 'system' }
    const ask = (http: HttpStack) => http.send({ method: 'GET', url: `https://${host}/site/basic-info.json`, key: 'k' })

    it('a forum is reached through a tunnel, which is kept open; the proxy sees neither path nor key', async () => {
      const proxy = await proxyOf()
      const http = await httpOf(manual(`http://${proxy.host}`))
      expect(await ask(http)).toMatchObject({ ok: true })
      expect(await ask(http)).toMatchObject({ ok: true })
      expect(proxy.asked).toEqual([`CONNECT ${host}`])
      expect(Object.keys(proxy.lastHeaders())).not.toContain('user-api-key')
      expect(forum.requests).toHaveLength(2)
    })

    it('it can be set by the environment, with its password', async () => {
      const proxy = await proxyOf({ login: 'eve:p@ss' })
      const environment = { HTTPS_PROXY: `http://eve:p%40ss@${proxy.host}` }
      expect(await ask(await httpOf(system, { environment }))).toMatchObject({ ok: true })
    })

    it('a proxy of the desktop’s gets the password from the environment', async () => {
      const proxy = await proxyOf({ login: 'eve:secret' })
      const environment = { HTTPS_PROXY: `http://eve:secret@${proxy.host}` }
      const resolveProxy = async (): Promise<string> => `PROXY ${proxy.host}`
      expect(await ask(await httpOf(system, { environment, resolveProxy }))).toMatchObject({ ok: true })
    })

    it('NO_PROXY connects directly, which fails here for lack of such a host', async () => {
      const proxy = await proxyOf()
      const environment = { HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: '.test' }
      expect(await ask(await httpOf(system, { environment }))).toMatchObject({ failure: { code: 'dns_failed' } })
      expect(proxy.asked).toEqual([])
    })

    it.each([
      ['none given', ''],
      ['a wrong one', 'eve:wrong@'],
    ])('a required password, with %s, is reported without revealing it', async (_, login) => {
      const proxy = await proxyOf({ login: 'eve:secret' })
      const asked = await ask(await httpOf(system, { environment: { HTTPS_PROXY: `http://${login}${proxy.host}` } }))
      expect(asked).toEqual({
        ok: false,
        failure: { code: 'proxy_auth', params: { proxy: proxy.host, host: 'forum.test' } },
      })
      expect(forum.requests).toEqual([])
    })

    it.each([403, 502])('a proxy that answers %s refuses', async (refuses) => {
      const proxy = await proxyOf({ refuses })
      expect(await ask(await httpOf(manual(proxy.host)))).toEqual({
        ok: false,
        failure: { code: 'proxy_refused', params: { proxy: proxy.host, host: 'forum.test', reason: refuses } },
      })
    })

    it('a proxy that is down is named in the failure', async () => {
      const dead = `127.0.0.1:${await findUnusedPort()}`
      expect(await ask(await httpOf(manual(dead)))).toEqual({
        ok: false,
        failure: { code: 'proxy_failed', params: { proxy: dead } },
      })
    })

    it('the next route from the desktop is tried when the first proxy is down', async () => {
      const proxy = await proxyOf()
      const resolveProxy = async (): Promise<string> => `PROXY 127.0.0.1:${await findUnusedPort()}; PROXY ${proxy.host}`
      expect(await ask(await httpOf(system, { resolveProxy }))).toMatchObject({ ok: true })
    })

    it('a proxy that does not respond costs no more than the deadline', async () => {
      const proxy = await proxyOf({ refuses: 'silent' })
      const http = await httpOf(manual(proxy.host), { deadline: 300 })
      expect(await ask(http)).toMatchObject({ failure: { code: 'timed_out' } })
    })

    it('a server that is not a proxy is blamed instead of the forum', async () => {
      const server = createServer((socket: Socket) => socket.end('220 mail.example ESMTP\r\n'))
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      ends.push(async () => void server.close())
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
      expect(await ask(await httpOf(manual(address)))).toMatchObject({
        failure: { code: 'proxy_refused', params: { proxy: address } },
      })
    })

    it('a proxy that speaks TLS itself is used, and its certificate is checked', async () => {
      const proxy = await proxyOf({ tls: authority.certify(['IP:127.0.0.1']) })
      expect(await ask(await httpOf(manual(`https://${proxy.host}`)))).toMatchObject({ ok: true })
      const stranger = await proxyOf({ tls: authority.certify(['DNS:other.test']) })
      expect(await ask(await httpOf(manual(`https://${stranger.host}`)))).toMatchObject({
        failure: { code: 'tls_wrong_host', params: { host: stranger.host } },
      })
    })

    it('the forum’s certificate is checked inside the tunnel', async () => {
      const proxy = await proxyOf()
      const http = await httpOf(manual(proxy.host))
      const url = `https://other.test:${new URL(forum.url).port}/`
      expect(await http.send({ method: 'GET', url })).toMatchObject({
        failure: { code: 'tls_wrong_host', params: { host: new URL(url).host } },
      })
    })

    it('a long poll is held through it', async () => {
      const proxy = await proxyOf()
      const http = await httpOf(manual(proxy.host), { deadline: 60_000, heldDeadline: 120_000 })
      forum.fault({ kind: 'latency', ms: 60_000, path: '/srv/status' })
      const cancellation = new Cancellation()
      const poll = http.send({ method: 'GET', url: `https://${host}/srv/status`, held: true, cancellation })
      await expect.poll(() => proxy.asked.length).toBe(1)
      expect(await ask(http)).toMatchObject({ ok: true })
      cancellation.cancel()
      expect(await poll).toMatchObject({ failure: { code: 'cancelled' } })
    })

    it('new settings apply at once, while pending requests finish with the old ones', async () => {
      const proxy = await proxyOf()
      const http = await httpOf(manual(proxy.host))
      forum.fault({ kind: 'latency', ms: 300, path: '/site/basic-info.json', times: 1 })
      const underWay = ask(http)
      await expect.poll(() => forum.requests.length + proxy.asked.length).toBeGreaterThan(0)
      await http.setNetwork({ proxy: { kind: 'none' }, certificates: [authority.file] })
      expect(await ask(http)).toMatchObject({ failure: { code: 'dns_failed' } })
      expect(await underWay).toMatchObject({ ok: true })
      const next = await proxyOf()
      await http.setNetwork({ proxy: manual(next.host), certificates: [authority.file] })
      expect(await ask(http)).toMatchObject({ ok: true })
      expect(next.asked).toEqual([`CONNECT ${host}`])
    })

    it('this computer is reached without it', async () => {
      const proxy = await proxyOf()
      const http = await httpOf(manual(proxy.host))
      expect(await http.send({ method: 'GET', url: `${forum.url}/site/basic-info.json` })).toMatchObject({ ok: true })
      expect(proxy.asked).toEqual([])
    })

    describe('of the SOCKS kind', () => {
      it('a forum is reached by name, with a password and without', async () => {
        const open = await startSocksProxy()
        const closed = await startSocksProxy({ login: 'eve:secret' })
        ends.push(open.stop, closed.stop)
        expect(await ask(await httpOf(manual(`socks5://${open.host}`)))).toMatchObject({ ok: true })
        expect(open.asked).toEqual([host])
        const environment = { ALL_PROXY: `socks5://eve:secret@${closed.host}` }
        expect(await ask(await httpOf(system, { environment }))).toMatchObject({ ok: true })
      })

      it('a refusal and a wrong password are different failures', async () => {
        const refusing = await startSocksProxy({ refuses: true })
        const closed = await startSocksProxy({ login: 'eve:secret' })
        ends.push(refusing.stop, closed.stop)
        expect(await ask(await httpOf(manual(`socks5://${refusing.host}`)))).toMatchObject({
          failure: { code: 'proxy_refused', params: { proxy: refusing.host } },
        })
        const environment = { ALL_PROXY: `socks5://eve:wrong@${closed.host}` }
        expect(await ask(await httpOf(system, { environment }))).toMatchObject({ failure: { code: 'proxy_auth' } })
      })
    })
  },
)

describe('a forum without encryption behind a proxy', () => {
  it('is requested by its whole URL, as proxies expect', async () => {
    const forum = await startForum({ profile: '3.4', title: 'Meta' })
    ends.push(forum.stop)
    const proxy = await proxyOf({ login: 'eve:secret' })
    const url = `http://forum.test:${new URL(forum.url).port}/site/basic-info.json`
    const http = createHttp({
      userAgent: 'DiscourseNotifier/test',
      environment: { http_proxy: `http://eve:secret@${proxy.host}` },
    })
    ends.push(http.close)
    expect(await http.send({ method: 'GET', url })).toMatchObject({ ok: true, value: { status: 200 } })
    expect(proxy.asked).toEqual([`GET ${url}`])
    const stranger = createHttp({
      userAgent: 'DiscourseNotifier/test',
      environment: { http_proxy: `http://${proxy.host}` },
    })
    ends.push(stranger.close)
    expect(await stranger.send({ method: 'GET', url })).toMatchObject({ failure: { code: 'proxy_auth' } })
    const dead = `127.0.0.1:${await findUnusedPort()}`
    const lost = createHttp({ userAgent: 'DiscourseNotifier/test', environment: { http_proxy: dead } })
    ends.push(lost.close)
    expect(await lost.send({ method: 'GET', url })).toMatchObject({ failure: { code: 'proxy_failed' } })
  })
})
