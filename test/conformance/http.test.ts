import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { send } from './http.ts'

const IP_LIMIT = { 'retry-after': '0', 'discourse-rate-limit-error-code': 'ip_10_secs_limit' }

let server: Server
afterEach(() => server.close())

/** A server that answers 429 with these headers, `times` times. */
const refusing = async (times: number, headers: Record<string, string>): Promise<string> => {
  let left = times
  server = createServer((_, response) => {
    left -= 1
    response.writeHead(left >= 0 ? 429 : 200, headers).end('{"answer":1}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

describe('sending', () => {
  it('waits when the address is rate-limited, by Discourse or by a proxy', async () => {
    expect(await send(await refusing(2, IP_LIMIT), 'GET', '/')).toMatchObject({ status: 200, json: { answer: 1 } })
    server.close()
    const proxy = { 'retry-after': '0', 'content-type': 'text/html' }
    expect((await send(await refusing(1, proxy), 'GET', '/')).status).toBe(200)
  })

  it('gives up after some tries', async () => {
    expect((await send(await refusing(99, IP_LIMIT), 'GET', '/')).status).toBe(429)
  })

  it('does not retry when a key is rate-limited, which scenarios check', async () => {
    const headers = { 'retry-after': '0', 'discourse-rate-limit-error-code': 'user_api_key_limiter_60_secs' }
    expect((await send(await refusing(1, headers), 'GET', '/')).status).toBe(429)
  })
})
