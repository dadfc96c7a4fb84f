import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, it } from 'vitest'
import { createAgentPool } from './agent-pool.ts'

it('agents are dropped when they have no connection any more, however many origins are named', async () => {
  const server = createServer((_, answer) => void answer.end('ok')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const pool = createAgentPool(async () => connect(port, '127.0.0.1'))
  const origin = new URL('http://forum.example')
  const agent = pool.of(origin)
  const request = get('http://forum.example/', { agent })
  const [answer] = await once(request, 'response')
  await once(answer.resume(), 'end')
  for (let number = 0; number < 20_000; number += 1) pool.of(new URL(`https://cdn${number}.example`))
  expect(pool.size()).toBeLessThanOrEqual(1000)
  // Its connection is kept alive for the next request.
  expect(pool.of(origin)).toBe(agent)
  agent.destroy()
  server.close()
})
