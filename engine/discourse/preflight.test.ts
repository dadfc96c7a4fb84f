import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import type { Http, HttpAnswer } from './http.ts'
import { isRefusedBeforehand } from './preflight.ts'

const page = 'https://forum.example/forum/user-api-key/new?scopes=notifications&nonce=n'

const asked = async (status: number, text = '', headers: Readonly<Record<string, string>> = {}) => {
  const urls: string[] = []
  const http: Http = {
    send: async ({ url, key }) => {
      urls.push(`${url}${key ?? ''}`)
      const answer: HttpAnswer = { status, headers: new Map(Object.entries(headers)), bytes: Buffer.from(text), text }
      return ok(answer)
    },
    close: async () => undefined,
  }
  return { isRefused: await isRefusedBeforehand(http, page), urls }
}

describe('a forum that is asked before the browser opens', () => {
  it('refuses with 406 where older versions would show a page (recorded of 3.5)', async () => {
    expect(await asked(406)).toEqual({
      isRefused: true,
      urls: ['https://forum.example/forum/user-api-key/new.json?scopes=notifications&nonce=n'],
    })
  })

  it('refuses through the state of its page model in newer versions', async () => {
    expect((await asked(200, '{"state":"generic_error"}')).isRefused).toBe(true)
    expect((await asked(200, '{"state":"ready"}')).isRefused).toBe(false)
  })

  it.each([
    ['sends visitors on to log in (recorded of 3.5)', 302, '', { location: '/login' }],
    ['knows no such page', 404, '', {}],
    ['is in trouble', 502, '<html>', {}],
    ['is behind a login page of the network', 200, '<html>', {}],
    ['wants parameters', 400, '{"errors":["param is missing"]}', {}],
  ] as const)('does not refuse when it %s', async (_, status, text, headers) => {
    expect((await asked(status, text, headers)).isRefused).toBe(false)
  })

  it('does not refuse when it cannot be reached', async () => {
    const http: Http = { send: async () => fail('offline'), close: async () => undefined }
    expect(await isRefusedBeforehand(http, page)).toBe(false)
  })
})
