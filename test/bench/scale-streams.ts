import { Agent, request as begin } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { measureProcess } from './measure-process.ts'
import type { BenchAccount } from './scale-messages.ts'

// The same streams and requests as the engine's, sent by an HTTP stack alone that ignores the answers: the difference
// to the engine's figures is the engine's own cost. `node --expose-gc bench-scale-streams.js <seconds> <http|undici>`;
// its parent sends the accounts.

/** The engine's intervals over a day of sixteen hours, in milliseconds. */
const period = 27_000
const question = 174_000
const stagger = 250
const settling = 20_000

interface StreamRequest {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request and discards the answer. */
type Send = (base: string, request: StreamRequest) => Promise<void>

const byNode = (): Send => {
  const agent = new Agent({ keepAlive: true, timeout: 90_000 })
  return (base, { body, path, ...request }) =>
    new Promise((resolve, reject) => {
      const sent = begin(new URL(path, base), { agent, ...request })
      sent.on('response', (response) => response.on('error', reject).on('end', resolve).resume())
      sent.on('error', reject)
      sent.end(body)
    })
}

/** Loaded only where it is measured. */
const byUndici = async (): Promise<Send> => {
  const undici = await import('undici')
  const agent = new undici.Agent({ connections: null, keepAliveTimeout: 90_000, headersTimeout: 0, bodyTimeout: 0 })
  return (base, request) =>
    new Promise((resolve, reject) => {
      agent.dispatch(
        { origin: base, ...request },
        {
          onRequestStart: () => undefined,
          onResponseStart: () => undefined,
          onResponseData: () => undefined,
          onResponseEnd: () => resolve(),
          onResponseError: (_, error) => reject(error),
        },
      )
    })
}

const send = process.argv[3] === 'undici' ? await byUndici() : byNode()
let held = 0

const poll = async ({ base, key, userId }: BenchAccount): Promise<void> => {
  const begun = performance.now()
  held += 1
  await send(base, {
    path: `/message-bus/bench${userId}/poll`,
    method: 'POST',
    headers: { 'user-api-key': key, 'content-type': 'application/x-www-form-urlencoded' },
    body: `${encodeURIComponent(`/notification/${userId}`)}=-1`,
  })
  held -= 1
  await delay(Math.max(0, begun + period - performance.now()))
}

const ask = async ({ base, key }: BenchAccount): Promise<void> => {
  await send(base, { path: '/notifications/totals.json', method: 'GET', headers: { 'user-api-key': key } })
  await delay(question)
}

const forever = async (action: () => Promise<void>): Promise<never> => {
  for (;;) await action()
}

const run = async (accounts: readonly BenchAccount[]): Promise<void> => {
  for (const account of accounts) {
    void forever(() => poll(account))
    void forever(() => ask(account))
    await delay(stagger)
  }
  await delay(settling)
  process.send?.(await measureProcess(() => held, accounts.length, Number(process.argv[2])))
  process.exit()
}

process.once('message', (accounts: readonly BenchAccount[]) => void run(accounts))
