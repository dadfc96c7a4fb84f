import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import type { Http, HttpRequest } from '../discourse/http.ts'
import { createBudget } from './budget.ts'
import { createGate } from './gate.ts'

const url = 'https://meta.example/notifications/totals.json'
const question: HttpRequest = { method: 'GET', url, key: 'k' }

/** A gate before a forum that answers as told; requests that are not answered stay open. */
const gateTo = (answer: () => { status: number; headers?: Record<string, string>; text?: string } | undefined) => {
  const clock = createFakeClock()
  const sent: HttpRequest[] = []
  const http: Http = {
    send: (request) => {
      sent.push(request)
      const given = answer()
      if (given === undefined) return new Promise(() => undefined)
      const { status, headers = {}, text = '' } = given
      return Promise.resolve(ok({ status, headers: new Map(Object.entries(headers)), text, bytes: Buffer.from(text) }))
    },
    close: async () => undefined,
  }
  return { clock, sent, gate: createGate(http, clock), budget: createBudget(clock) }
}

const limitedBy = (code: string, seconds: number) => () => ({
  status: 429,
  headers: { 'retry-after': String(seconds), 'discourse-rate-limit-error-code': code },
})

describe('the gate', () => {
  it('sends nothing beyond the budget, and says how long to wait', async () => {
    const { gate, budget, sent } = gateTo(() => ({ status: 200 }))
    const http = gate.keyed(budget, 'question')
    for (let asked = 0; asked < 16; asked++) expect((await http.send(question)).ok).toBe(true)
    expect(await http.send(question)).toMatchObject({ failure: { code: 'paced', params: { host: 'meta.example' } } })
    expect(sent).toHaveLength(16)
  })

  it('delays a key that its forum has limited, and no other', async () => {
    const { gate, budget, clock, sent } = gateTo(limitedBy('user_api_key_limiter_1_day', 7200))
    await gate.keyed(budget, 'question').send(question)
    expect(await gate.keyed(budget, 'user').send(question)).toMatchObject({
      failure: { code: 'rate_limited', params: { seconds: 7200 } },
    })
    expect(sent).toHaveLength(1)
    await gate.keyed(createBudget(clock), 'question').send(question)
    expect(sent).toHaveLength(2)
    clock.advance(7_200_000)
    await gate.keyed(budget, 'question').send(question)
    expect(sent).toHaveLength(3)
  })

  it.each([-86_400_000, -61_000, 61_000, 86_400_000])(
    'delays all keys for as long as the forum asks, even when the clock is changed by %i ms',
    async (jump) => {
      const answers = [limitedBy('ip_60_secs_limit', 40)(), { status: 503, headers: { 'retry-after': '40' } }]
      for (const answer of answers) {
        const { gate, clock, sent } = gateTo(() => answer)
        await gate.open('question').send(question)
        clock.set(jump)
        clock.advance(20_000)
        expect(await gate.open('question').send(question)).toMatchObject({ failure: { params: { seconds: 20 } } })
        expect(sent).toHaveLength(1)
        clock.advance(20_000)
        await gate.open('question').send(question)
        expect(sent).toHaveLength(2)
      }
    },
  )

  it.each([-86_400_000, 86_400_000])(
    'keeps to the IP address’s limit in ten seconds, even when the clock is changed by %i ms',
    async (jump) => {
      const { gate, clock } = gateTo(() => ({ status: 200 }))
      const http = gate.open('user')
      for (let asked = 0; asked < 20; asked++) expect((await http.send(question)).ok).toBe(true)
      clock.set(jump)
      clock.advance(5000)
      expect(await http.send(question)).toMatchObject({ failure: { code: 'paced', params: { seconds: 5 } } })
      clock.advance(5000)
      expect((await http.send(question)).ok).toBe(true)
    },
  )

  it('delays all keys when the forum has limited this IP address', async () => {
    const { gate, budget, clock, sent } = gateTo(limitedBy('ip_10_secs_limit', 8))
    await gate.keyed(budget, 'question').send(question)
    expect(await gate.open('user').send(question)).toMatchObject({ failure: { code: 'rate_limited' } })
    expect(await gate.keyed(createBudget(clock), 'user').send(question)).toMatchObject({
      failure: { code: 'rate_limited' },
    })
    expect(sent).toHaveLength(1)
    expect((await gate.open('user').send({ ...question, url: 'https://other.example/' })).ok).toBe(true)
  })

  it('leaves a forum that is down alone for as long as it asks, unless the user refreshes', async () => {
    const page = { status: 503, headers: { 'content-type': 'text/html', 'retry-after': '1800' } }
    const { gate, budget, clock, sent } = gateTo(() => page)
    await gate.keyed(budget, 'question').send(question)
    clock.advance(1_790_000)
    expect(await gate.keyed(createBudget(clock), 'question').send(question)).toMatchObject({
      failure: { code: 'paced', params: { seconds: 10 } },
    })
    expect(await gate.keyed(budget, 'live').send({ ...question, held: true })).toMatchObject({
      failure: { code: 'paced' },
    })
    expect(sent).toHaveLength(1)
    expect((await gate.keyed(budget, 'user').send(question)).ok).toBe(true)
    clock.advance(1_800_000)
    await gate.keyed(budget, 'question').send(question)
    expect(sent).toHaveLength(3)
  })

  it('learns no limit from the bus, which treats a key beyond its limit as a visitor', async () => {
    const { gate, budget, clock } = gateTo(() => ({ status: 200 }))
    for (let sent = 0; sent < 8; sent++) budget.take('user')
    budget.refused(30, 'minute')
    clock.advance(31_000)
    for (let sent = 0; sent < 4; sent++) await gate.keyed(budget, 'live').send({ ...question, held: true })
    clock.advance(61_000)
    let asked = 0
    while (budget.take('user') === 0) asked += 1
    expect(asked).toBe(7)
  })

  it('does not apply a busy server’s limit on polls to other requests', async () => {
    const { gate, budget, sent } = gateTo(() => ({ status: 429, headers: { 'retry-after': '60' } }))
    await gate.keyed(budget, 'live').send({ ...question, held: true })
    await gate.keyed(budget, 'question').send(question)
    expect(sent).toHaveLength(2)
  })

  it('limits concurrent requests, not counting held polls and forums in trouble', async () => {
    const { gate, clock, sent } = gateTo(() => undefined)
    const ask = (held: boolean, isTroubled = false, number = 0) =>
      void gate
        .keyed(createBudget(clock), 'question', isTroubled)
        .send({ ...question, url: `https://site${number}.example/`, ...(held ? { held: true } : {}) })
    for (let account = 0; account < 30; account++) ask(false, false, account)
    for (let account = 0; account < 30; account++) ask(true, false, account)
    for (let account = 0; account < 30; account++) ask(false, true, account)
    await new Promise((resolve) => setImmediate(resolve))
    expect(sent.filter(({ held }) => held !== true)).toHaveLength(7)
    expect(sent.filter(({ held }) => held === true)).toHaveLength(30)
  })

  it('lets pictures delay nothing else, and takes for them what the others leave', async () => {
    const { gate, budget, clock, sent } = gateTo(() => ({ status: 200 }))
    const picture: HttpRequest = { method: 'GET', url: 'https://meta.example/icon.png' }
    for (let asked = 0; asked < 30; asked++) await gate.pictures().send(picture)
    expect(sent).toHaveLength(15)
    expect(await gate.pictures(budget).send(picture)).toMatchObject({ failure: { code: 'paced' } })
    for (let asked = 0; asked < 20; asked++) expect((await gate.open('question').send(question)).ok).toBe(true)
    clock.advance(10_000)
    for (let asked = 0; asked < 18; asked++) expect((await gate.open('question').send(question)).ok).toBe(true)
    for (let asked = 0; asked < 3; asked++) await gate.pictures().send(picture)
    expect(sent.filter(({ url: at }) => at === picture.url)).toHaveLength(17)
  })

  it('has places of their own for pictures', async () => {
    const { gate, sent } = gateTo(() => undefined)
    const ask = (http: Http, number: number) => void http.send({ method: 'GET', url: `https://site${number}.example/` })
    for (let number = 0; number < 30; number++) ask(gate.pictures(), number)
    for (let number = 0; number < 30; number++) ask(gate.open('question'), number)
    await new Promise((resolve) => setImmediate(resolve))
    expect(sent).toHaveLength(3 + 5)
  })
})
