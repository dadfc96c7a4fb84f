import { describe, expect, it } from 'vitest'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import { createRouteFinder } from './route-finder.ts'

const forum = new URL('https://forum.example/message-bus/secret/poll')
const route = { kind: 'http', host: 'proxy.example', port: 3128 }
const manual = { kind: 'manual', url: 'http://proxy.example:3128' } as const

const finderOf = (
  proxy: ProxySetting,
  environment: Readonly<Record<string, string>> = {},
  answers?: (string | Error)[],
) => {
  const time = { now: 0 }
  const asked: string[] = []
  const finder = createRouteFinder({
    proxy,
    environment,
    now: () => time.now,
    resolveProxy:
      answers &&
      (async (url) => {
        asked.push(url)
        const answer = answers.shift() ?? 'DIRECT'
        if (answer instanceof Error) throw answer
        return answer
      }),
  })
  return { finder, asked, time }
}

describe('the route to a forum', () => {
  it('is the proxy that the user named, with the password from the environment', async () => {
    expect(await finderOf(manual).finder.find(forum)).toEqual({ ok: true, value: [route] })
    const { finder } = finderOf(manual, { HTTPS_PROXY: 'http://eve:secret@proxy.example:3128' })
    expect(await finder.find(forum)).toMatchObject({ value: [{ login: { name: 'eve', password: 'secret' } }] })
  })

  it('is direct if the user wants that, whatever the environment says', async () => {
    const { finder } = finderOf({ kind: 'none' }, { HTTPS_PROXY: 'a:1' })
    expect(await finder.find(forum)).toEqual({ ok: true, value: [{ kind: 'direct' }] })
  })

  it.each(['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:1', 'http://forum.localhost'])(
    'to %s never leaves this computer',
    async (address) => {
      const { finder, asked } = finderOf({ kind: 'system' }, {}, ['PROXY proxy.example:3128'])
      expect(await finder.find(new URL(address))).toEqual({ ok: true, value: [{ kind: 'direct' }] })
      expect(asked).toEqual([])
    },
  )

  it('is what the desktop says about the origin; it never learns the path', async () => {
    const { finder, asked } = finderOf({ kind: 'system' }, { HTTPS_PROXY: 'a:1' }, ['PROXY proxy.example:3128; DIRECT'])
    expect(await finder.find(forum)).toEqual({ ok: true, value: [route, { kind: 'direct' }] })
    expect(asked).toEqual(['https://forum.example/'])
  })

  it('is looked up again after five minutes, or when it did not work', async () => {
    const { finder, asked, time } = finderOf({ kind: 'system' }, {}, ['DIRECT', 'DIRECT', 'PROXY proxy.example:3128'])
    await finder.find(forum)
    time.now = 299_999
    await finder.find(forum)
    expect(asked).toHaveLength(1)
    time.now = 300_000
    await finder.find(forum)
    expect(asked).toHaveLength(2)
    finder.forget(forum)
    expect(await finder.find(forum)).toEqual({ ok: true, value: [route] })
  })

  it('is direct when the desktop does not know, and a failure when its answer is unknown', async () => {
    const { finder } = finderOf({ kind: 'system' }, {}, [new Error('no'), 'QUIC proxy.example:1'])
    expect(await finder.find(forum)).toEqual({ ok: true, value: [{ kind: 'direct' }] })
    finder.forget(forum)
    expect(await finder.find(forum)).toMatchObject({ failure: { code: 'proxy_unsupported' } })
  })
})
