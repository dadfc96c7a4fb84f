import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { createAuthority } from '../rig/authority.ts'
import { removeHome } from '../rig/remove-home.ts'
import { startProxy } from '../rig/start-proxy.ts'
import { needs, test } from './fixtures.ts'
import { runCli } from './notifier.ts'

// The built notifier in the network of a company: a proxy with a password, and a certificate authority of its own.

test.describe('behind a proxy and with a private authority', () => {
  needs('certificates')

  test('a forum is added, and nothing says the password', async ({ forumOf, notifierOf }) => {
    const authority = createAuthority()
    const proxy = await startProxy({ login: 'eve:s3cret-of-proxy' })
    const forum = await forumOf({ tls: authority.certify(['DNS:forum.test']) })
    const address = `https://forum.test:${new URL(forum.url).port}`

    const notifier = await notifierOf({
      args: ['--no-keychain', '--proxy', proxy.host, '--ca', authority.file],
      envOf: async () => ({ HTTPS_PROXY: `http://eve:s3cret-of-proxy@${proxy.host}` }),
    })
    const added = await notifier.cli('add', address, '--method', 'paste')
    expect(added.status).toBe(0)
    expect(added.stdout).toContain(`${address}/user-api-key/new?`)
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(address).host}`]))

    const stranger = await notifierOf({ args: ['--no-keychain', '--proxy', proxy.host] })
    const refused = await stranger.cli('add', address, '--json')
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'proxy_auth',
      message: expect.stringContaining(proxy.host),
    })
    const trusting = await notifierOf({
      args: ['--no-keychain', '--proxy', proxy.host],
      envOf: async () => ({ ALL_PROXY: `http://eve:s3cret-of-proxy@${proxy.host}` }),
    })
    expect(JSON.parse((await trusting.cli('add', address, '--json')).stdout).error.code).toBe('tls_untrusted')
    for (const { said } of [notifier, stranger, trusting]) expect(said()).not.toContain('s3cret-of-proxy')
    await proxy.stop()
    authority.remove()
  })
})

test('a certificate file that is none ends the start with a sentence', async () => {
  const profile = mkdtempSync(path.join(tmpdir(), 'notifier-ca-'))
  const run = await runCli(['serve', '--profile', profile, '--no-open', '--no-keychain', '--ca', profile, '--json'])
  expect(run.status).toBe(1)
  expect(JSON.parse(run.stdout).error).toMatchObject({ code: 'certificate_unreadable' })
  await removeHome(profile)
})
