import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import * as path from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { type Authority, createAuthority, missingAuthority } from '../../test/rig/authority.ts'
import { createHttp, type HttpOptions, type HttpStack } from '../discourse/http.ts'

// A simulated forum behind TLS, with certificates of a private authority made for this file.

describe.skipIf(missingAuthority !== undefined)(
  `whom to trust${missingAuthority ? ` (${missingAuthority})` : ''}`,
  () => {
    let authority: Authority
    beforeAll(() => {
      authority = createAuthority()
    })
    afterAll(() => authority.remove())
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0)) await end()
      vi.unstubAllEnvs()
    })

    const forumOf = async (names = ['IP:127.0.0.1'], validity?: 'expired'): Promise<Forum> => {
      const forum = await startForum({ profile: '3.4', title: 'Meta', tls: authority.certify(names, validity) })
      ends.push(forum.stop)
      return forum
    }
    const httpOf = (options: Partial<HttpOptions> = {}): HttpStack => {
      const http = createHttp({ userAgent: 'DiscourseNotifier/test', ...options })
      ends.push(http.close)
      return http
    }
    const trusting = async (...certificates: string[]): Promise<HttpStack> => {
      const http = httpOf()
      expect(await http.setNetwork({ proxy: { kind: 'system' }, certificates })).toEqual([])
      return http
    }
    const ask = (http: HttpStack, forum: Forum) =>
      http.send({ method: 'GET', url: `${forum.url}/site/basic-info.json` })

    it('an authority in a file that the user named is trusted', async () => {
      const http = await trusting(authority.file)
      expect(await ask(http, await forumOf())).toMatchObject({ ok: true, value: { status: 200 } })
    })

    it('an unknown authority is not trusted, and the failure says what to do', async () => {
      const forum = await forumOf()
      const { host } = new URL(forum.url)
      expect(await ask(httpOf(), forum)).toEqual({ ok: false, failure: { code: 'tls_untrusted', params: { host } } })
      expect(forum.requests).toEqual([])
    })

    it('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
      expect(await ask(httpOf(), await forumOf())).toMatchObject({ failure: { code: 'tls_untrusted' } })
    })

    it.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])('%s is honoured', async (variable) => {
      const http = httpOf({ environment: { [variable]: authority.file } })
      expect(await ask(http, await forumOf())).toMatchObject({ ok: true })
    })

    it('a certificate that has expired is refused', async () => {
      const http = await trusting(authority.file)
      expect(await ask(http, await forumOf(undefined, 'expired'))).toMatchObject({ failure: { code: 'tls_expired' } })
    })

    it('a certificate for another host is refused', async () => {
      const http = await trusting(authority.file)
      const forum = await forumOf(['DNS:other.example'])
      expect(await ask(http, forum)).toMatchObject({ failure: { code: 'tls_wrong_host' } })
      expect(await ask(http, forum)).toMatchObject({ failure: { code: 'tls_wrong_host' } })
    })

    it('a self-signed certificate is refused until it is added', async () => {
      const self = createAuthority(['IP:127.0.0.1'])
      ends.push(async () => self.remove())
      const forum = await startForum({ profile: '3.4', title: 'Meta', tls: self.own })
      ends.push(forum.stop)
      expect(await ask(httpOf(), forum)).toMatchObject({ failure: { code: 'tls_self_signed' } })
      expect(await ask(await trusting(self.file), forum)).toMatchObject({ ok: true })
    })

    it('an outdated TLS version is refused', async () => {
      const { key, cert } = authority.certify(['IP:127.0.0.1'])
      const old = createServer({ key, cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
      old.on('tlsClientError', () => undefined)
      old.listen(0, '127.0.0.1')
      await once(old, 'listening')
      ends.push(async () => void old.close())
      const url = `https://127.0.0.1:${(old.address() as AddressInfo).port}`
      expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'tls_outdated' } })
    })

    it('a server without TLS is reported as such', async () => {
      const forum = await startForum({ profile: '3.4', title: 'Meta' })
      ends.push(forum.stop)
      const url = forum.url.replace('http:', 'https:')
      expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'tls_missing' } })
    })

    it('an unreadable file is reported, and the others are used', async () => {
      const http = httpOf()
      const missing = path.join(authority.folder, 'missing.pem')
      const garbage = path.join(authority.folder, 'garbage.pem')
      writeFileSync(garbage, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
      expect(
        await http.setNetwork({ proxy: { kind: 'none' }, certificates: [missing, authority.file, garbage] }),
      ).toMatchObject([
        { code: 'certificate_unreadable', params: { file: missing, reason: 'ENOENT' } },
        { code: 'certificate_unreadable', params: { file: garbage } },
      ])
      expect(await ask(http, await forumOf())).toMatchObject({ ok: true })
    })

    it('the trusted authorities can be changed at any time', async () => {
      const forum = await forumOf()
      const http = await trusting(authority.file)
      expect(await ask(http, forum)).toMatchObject({ ok: true })
      await http.setNetwork({ proxy: { kind: 'system' }, certificates: [] })
      expect(await ask(http, forum)).toMatchObject({ failure: { code: 'tls_untrusted' } })
    })
  },
)
