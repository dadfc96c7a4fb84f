import { expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { createHttp, type HttpRequest, type HttpStack } from '../discourse/http.ts'

// The gate is in the way of every request, whichever part of the engine makes it.

const { forumOf, rigOf } = setUpRigs()

/** Real connections, until the forum has had enough of this address. */
const createBusyHttp = () => {
  const http = createHttp({ userAgent: 'DiscourseNotifier/test' })
  const sent: HttpRequest[] = []
  let isBusy = false
  const stack: HttpStack = {
    ...http,
    send: async (request) => {
      sent.push(request)
      if (!isBusy) return await http.send(request)
      const headers = new Map([
        ['retry-after', '30'],
        ['discourse-rate-limit-error-code', 'ip_60_secs_limit'],
      ])
      return ok({ status: 429, headers, bytes: Buffer.alloc(0), text: '' })
    },
  }
  const begin = (): void => {
    isBusy = true
    sent.length = 0
  }
  return { http: stack, sent, begin }
}

it('sign-in, device polls and site inspection also wait when a forum limits this IP address', async () => {
  const forum = await forumOf({ profile: 'latest' })
  const busy = createBusyHttp()
  const rig = await rigOf({ http: busy.http })
  const device = expectOk(await rig.engine.begin(forum.url, 'device'))
  const redirect = expectOk(await rig.engine.begin(forum.url, 'redirect'))
  const { redirect: answer = '' } = await forum.authorize({ authorizeUrl: redirect.authorizeUrl, user: 'eve' })
  expect(device.userCode).not.toBeNull()
  busy.begin()
  const limited = { failure: { code: 'rate_limited' } }
  expect(await rig.run('site.inspect', { address: forum.url })).toMatchObject(limited)
  expect(busy.sent).toHaveLength(1)
  expect(await rig.run('site.inspect', { address: forum.url })).toMatchObject(limited)
  expect(await rig.run('attempt.begin', { address: forum.url })).toMatchObject(limited)
  expect(await rig.run('attempt.accept', { text: answer })).toMatchObject(limited)
  await rig.pass(20_000, [forum])
  expect(busy.sent).toHaveLength(1)
})
