import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { createForumClient } from './forum-client.ts'
import type { Http } from './http.ts'

/** An `Http` whose every answer is this. */
const answering = (status: number, type: string, text: string): Http => ({
  send: async () => ok({ status, headers: new Map([['content-type', type]]), bytes: Buffer.from(text), text }),
  close: async () => undefined,
})

const changes = {
  'marking one as read': (http: Http) => createForumClient(http, 'https://forum.example', 'k').markRead(7),
  'marking all as read': (http: Http) => createForumClient(http, 'https://forum.example', 'k').markAllRead(),
  revoking: (http: Http) => createForumClient(http, 'https://forum.example', 'k').revoke(),
} as const

describe.each(Object.entries(changes))('%s', (_, change) => {
  it.each([200, 203])('is confirmed by the forum’s own words, with status %d', async (status) => {
    expect(await change(answering(status, 'application/json', '{"success":"OK"}'))).toEqual({ ok: true, value: null })
  })

  it.each([
    ['a login page', 'text/html', '<html>Hotel login</html>'],
    ['nothing', 'application/json', ''],
    ['null', 'application/json', 'null'],
    ['a failure', 'application/json', '{"failed":"FAILED"}'],
    ['other words', 'application/json', '{"success":"no"}'],
    ['a list', 'application/json', '["success"]'],
  ])('is not confirmed by %s with status 200', async (__, type, text) => {
    expect(await change(answering(200, type, text))).toMatchObject({
      ok: false,
      failure: { code: 'change_not_confirmed' },
    })
  })

  it('is not confirmed by other statuses, whatever they say', async () => {
    for (const status of [201, 204, 206, 302, 304]) {
      expect(await change(answering(status, 'application/json', '{"success":"OK"}'))).toMatchObject({ ok: false })
    }
  })
})
