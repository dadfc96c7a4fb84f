import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { findUnusedPort } from '../../test/rig/find-unused-port.ts'
import { privateOnly } from '../network/private-address.ts'
import { createHttp, type Http } from './http.ts'
import { inspectSite } from './inspect-site.ts'

// What a person may type, against real servers on the loopback interface.

const http = createHttp({ userAgent: 'DiscourseNotifier/test' })
const servers: Server[] = []
const forums: Forum[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  for (const forum of forums.splice(0)) await forum.stop()
})

const listen = async (server: Server): Promise<number> => {
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return port
}

const serverOf = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`

const forumOf = async (options: Partial<Parameters<typeof startForum>[0]> = {}): Promise<Forum> => {
  const forum = await startForum({ profile: '3.4', title: 'Meta', ...options })
  forums.push(forum)
  return forum
}

const failureAt = async (address: string) => {
  const looked = await inspectSite(http, address)
  if (looked.ok) throw new Error(`found ${looked.value.site.base}`)
  return looked.failure
}

describe('a forum', () => {
  it('is found with its title, colour and version', async () => {
    const forum = await forumOf({ color: 'e45735' })
    expect(await inspectSite(http, forum.url)).toEqual({
      ok: true,
      value: {
        site: { base: forum.url, host: forum.url.slice(7), title: 'Meta', color: '#e45735' },
        apiVersion: 4,
        hasDeviceFlow: false,
      },
    })
  })

  it('is asked with HEAD and without a key', async () => {
    const forum = await forumOf()
    await inspectSite(http, forum.url)
    expect(forum.requests.map(({ method, path, keyed }) => [method, path, keyed])).toEqual([
      ['HEAD', '/user-api-key/new', false],
      ['GET', '/site/basic-info.json', false],
    ])
  })

  it('is found behind a redirect on its own host', async () => {
    const forum = await forumOf({ path: '/community' })
    const { port } = new URL(forum.url)
    forum.fault({ kind: 'latency', ms: 1 })
    const found = await inspectSite(http, `http://127.0.0.1:${port}/community/`)
    expect(found).toMatchObject({ value: { site: { base: forum.url } } })
  })
})

describe('a forum behind a server that refuses HEAD', () => {
  /** The forum's own answers to all but HEAD (recorded of 3.5, protocol.md 1.2). */
  const refusingHead = (status: number, header: Record<string, string> = {}): Promise<string> =>
    serverOf((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(status).end()
      response.setHeader('content-type', 'application/json; charset=utf-8')
      if (request.url === '/site/basic-info.json') return void response.end('{"title":"Meta"}')
      response.writeHead(400, header).end('{"errors":["param is missing or the value is empty or invalid: nonce"]}')
    })

  it.each([405, 403, 400, 404, 501])('with %s is found with GET', async (status) => {
    const url = await refusingHead(status)
    expect(await inspectSite(http, url)).toMatchObject({ value: { site: { title: 'Meta' }, apiVersion: 4 } })
  })

  it('gives its version in the response to GET if it has one', async () => {
    const url = await refusingHead(405, { 'Auth-Api-Version': '1' })
    expect(await failureAt(url)).toMatchObject({ code: 'site_too_old', params: { version: '1' } })
  })
})

it('finds a forum whose responses a proxy has modified', async () => {
  const url = await serverOf((request, response) => {
    response.writeHead(203, { 'Auth-Api-Version': '4' })
    response.end(request.method === 'HEAD' ? undefined : '{"title":"Meta"}')
  })
  expect(await inspectSite(http, url)).toMatchObject({ value: { site: { title: 'Meta' } } })
})

describe('an address without encryption', () => {
  const refusals = async (address: string) => {
    const asked: string[] = []
    const httpsOnly: Http = {
      send: async ({ url }) => {
        asked.push(url)
        const headers = new Map([['auth-api-version', '4']])
        return ok({ status: 200, headers, bytes: Buffer.from('{}'), text: '{"title":"Meta"}' })
      },
      close: async () => undefined,
    }
    const found = await inspectSite(httpsOnly, address)
    return { found, asked }
  }

  it('is answered with the encrypted one if the forum has one', async () => {
    const { found, asked } = await refusals('http://forum.example/t/topic/12')
    expect(found).toEqual({
      ok: false,
      failure: { code: 'address_has_https', params: { host: 'forum.example', address: 'https://forum.example' } },
    })
    expect(asked.every((url) => url.startsWith('https://forum.example/'))).toBe(true)
  })

  it('with an explicit port is not guessed at, and no request is made', async () => {
    const { found, asked } = await refusals('http://forum.example:8080')
    expect(found).toMatchObject({ failure: { code: 'address_not_encrypted' } })
    expect(asked).toEqual([])
  })
})

describe('an address that is not a forum', () => {
  it('with nobody listening', async () => {
    expect(await failureAt(`http://127.0.0.1:${await findUnusedPort()}`)).toMatchObject({ code: 'connection_refused' })
  })

  it('whose server never answers', async () => {
    const url = await serverOf(() => undefined)
    const impatient = createHttp({ userAgent: 'DiscourseNotifier/test', deadline: 500 })
    expect(await inspectSite(impatient, url)).toMatchObject({ failure: { code: 'timed_out' } })
    await impatient.close()
  })

  it('whose name does not exist', async () => {
    expect(await failureAt('https://no-such-host.invalid')).toMatchObject({ code: 'dns_failed' })
  })

  it.each([
    ['200 without the header', 200, 'not_discourse'],
    ['404', 404, 'not_discourse'],
    ['405 to HEAD and to GET', 405, 'not_discourse'],
    ['400 to both, without Discourse’s words', 400, 'not_discourse'],
    ['403 of a firewall', 403, 'firewall_refuses'],
    ['401 of a web server', 401, 'server_password'],
    ['502 while the forum is rebuilt', 502, 'site_busy'],
    ['503 of maintenance', 503, 'site_busy'],
    ['501', 501, 'site_busy'],
    ['511 of a network', 511, 'network_login'],
  ])('that answers %s', async (_, status, code) => {
    const url = await serverOf((_request, response) => response.writeHead(status).end('<html>'))
    expect(await failureAt(`${url}/some/page`)).toMatchObject({ code })
  })

  it('behind a captive portal', async () => {
    const url = await serverOf((_request, response) =>
      response.writeHead(302, { Location: 'http://login.wifi.example/portal' }).end(),
    )
    expect(await failureAt(url)).toMatchObject({ code: 'network_login' })
  })

  it('too old', async () => {
    const url = await serverOf((_request, response) => response.writeHead(200, { 'Auth-Api-Version': '1' }).end())
    expect(await failureAt(url)).toMatchObject({ code: 'site_too_old', params: { version: '1' } })
  })

  it('whose basic-info is HTML, or endless', async () => {
    const forum = await forumOf()
    forum.fault({ kind: 'html', path: '/site/basic-info.json', times: 1 })
    expect(await failureAt(forum.url)).toMatchObject({ code: 'network_login' })
    forum.fault({ kind: 'flood', bytes: 50_000_000, path: '/site/basic-info.json', times: 1 })
    expect(await failureAt(forum.url)).toMatchObject({ code: 'answer_too_large' })
  })

  it('that redirects in a circle, or not to a web address', async () => {
    const circle = await serverOf((request, response) => response.writeHead(302, { Location: request.url }).end())
    expect(await failureAt(circle)).toMatchObject({ code: 'not_discourse' })
    const script = await serverOf((_request, response) => response.writeHead(302, { Location: 'data:x' }).end())
    expect(await failureAt(script)).toMatchObject({ code: 'not_discourse' })
  })

  it('that leads to another host: names it, and returns its address', async () => {
    const forum = await forumOf()
    const elsewhere = forum.url.replace('127.0.0.1', 'localhost')
    const url = await serverOf((request, response) =>
      response.writeHead(301, { Location: elsewhere + request.url }).end(),
    )
    expect(await failureAt(url)).toEqual({
      code: 'site_redirects',
      params: { host: elsewhere.slice(7), address: elsewhere },
    })
  })

  it('that leads away from this computer without encryption', async () => {
    const url = await serverOf((_request, response) =>
      response.writeHead(301, { Location: 'http://example.org/user-api-key/new' }).end(),
    )
    expect(await failureAt(url)).toMatchObject({ code: 'address_downgraded' })
  })

  it('whose certificate is not trusted', async () => {
    // No certificate at all: every TLS client is turned away in the handshake.
    const port = await listen(createTlsServer())
    expect(await failureAt(`https://127.0.0.1:${port}`)).toMatchObject({ code: 'tls_failed' })
  })
})

describe('a forum on the public internet', () => {
  /** A server at each of these addresses; what is asked anywhere else fails. @param inside hosts with private addresses */
  const internet = (redirects: Readonly<Record<string, string>>, inside: readonly string[] = []) => {
    const asked: string[] = []
    const send: Http['send'] = async ({ url, publicOnly = false }) => {
      asked.push(`${new URL(url).origin}${publicOnly ? ' if public' : ''}`)
      const { host } = new URL(url)
      if (publicOnly && inside.includes(host)) return fail('connection_lost', { host, reason: privateOnly })
      const location = redirects[new URL(url).origin]
      if (location === undefined) return fail('connection_refused', { host: new URL(url).host })
      return ok({ status: 302, headers: new Map([['location', location]]), bytes: new Uint8Array(), text: '' })
    }
    return { asked, http: { send, close: async () => undefined } }
  }

  it.each([
    'https://127.0.0.1:8443/user-api-key/new',
    'https://10.0.0.1/user-api-key/new',
    'https://[::1]/user-api-key/new',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://0.0.0.0/',
    'https://router/',
    'https://localhost/',
    '//2130706433/',
  ])('does not make us ask %s', async (location) => {
    const { asked, http: net } = internet({ 'https://forum.example': location })
    const address = new URL(location, 'https://forum.example').origin
    expect(await inspectSite(net, 'https://forum.example')).toMatchObject({
      failure: { code: 'site_redirects', params: { address } },
    })
    expect(asked).toEqual(['https://forum.example if public'])
  })

  it('may lead to another host if that is public too, by whatever way', async () => {
    const chain = {
      'https://forum.example': 'https://other.example/',
      'https://other.example': 'https://inner.example/',
    }
    const { asked, http: net } = internet(chain)
    expect(await inspectSite(net, 'https://forum.example')).toMatchObject({
      failure: { code: 'site_redirects', params: { address: 'https://inner.example' } },
    })
    expect(asked).toEqual([
      'https://forum.example if public',
      'https://other.example if public',
      'https://inner.example if public',
    ])
  })

  it.each([
    ['with www', 'https://www.forum.example'],
    ['at another port', 'https://forum.example:8443'],
  ])('may lead to its own name %s if that is public', async (_, own) => {
    const { asked, http: net } = internet({ 'https://forum.example': `${own}/user-api-key/new` })
    expect(await inspectSite(net, 'https://forum.example')).toMatchObject({ failure: { code: 'connection_refused' } })
    expect(asked).toEqual(['https://forum.example if public', `${own} if public`])
  })

  it.each([
    ['with www', 'https://www.forum.example'],
    ['at another port', 'https://forum.example:8443'],
  ])('does not make us ask its own name %s where that is private', async (_, own) => {
    const chain = { 'https://forum.example': `${own}/user-api-key/new` }
    const { asked, http: net } = internet(chain, [new URL(own).host])
    expect(await inspectSite(net, 'https://forum.example')).toMatchObject({
      failure: { code: 'site_redirects', params: { address: own } },
    })
    expect(asked).toEqual(['https://forum.example if public', `${own} if public`])
  })

  it('is one until its name turns out to have private addresses only', async () => {
    const chain = {
      'https://forum.example': 'https://www.forum.example/',
      'https://www.forum.example': 'https://10.0.0.1/',
    }
    const { asked, http: net } = internet(chain, ['forum.example', 'www.forum.example'])
    expect(await inspectSite(net, 'https://forum.example')).toMatchObject({ failure: { code: 'connection_refused' } })
    expect(asked).toEqual([
      ...['https://forum.example if public', 'https://forum.example', 'https://www.forum.example', 'https://10.0.0.1'],
    ])
  })
})

it('a forum on a private network may lead to others there', async () => {
  const send: Http['send'] = async ({ url, publicOnly }) =>
    url.startsWith('https://intranet/')
      ? ok({ status: 302, headers: new Map([['location', 'https://10.0.0.1/']]), bytes: new Uint8Array(), text: '' })
      : fail('connection_refused', { host: `${new URL(url).host} ${publicOnly}` })
  expect(await inspectSite({ send, close: async () => undefined }, 'https://intranet')).toMatchObject({
    failure: { code: 'connection_refused', params: { host: '10.0.0.1 false' } },
  })
})
