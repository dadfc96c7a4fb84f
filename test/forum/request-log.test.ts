import { expect, it } from 'vitest'
import { RequestLog } from './request-log.ts'

it('keeps the newest 5,000 requests, and counts all of them', () => {
  const log = new RequestLog()
  const request = new Request('http://forum.example/x')
  const completes = Array.from({ length: 5003 }, (_, number) => log.note(request, number))
  for (const complete of completes) complete({ status: 200 })
  expect([log.entries.length, log.entries[0]?.at, log.entries.at(-1)?.at]).toEqual([5000, 3, 5002])
  expect(log.entries.every(({ status }) => status === 200)).toBe(true)
  expect(log.traffic).toEqual({ requests: 5003, bytes: 0, byStatus: { 200: 5003 } })
})
