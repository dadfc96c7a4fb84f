import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startProxy } from '../../test/rig/start-proxy.ts'
import { createHttp } from '../discourse/http.ts'
import { noPolicy, policyFile, readPolicy } from './policy.ts'

let folder = ''
let file = ''
/** Who runs the tests may write the policy in them. */
const here = process.getuid?.()

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'policy-'))
  file = path.join(folder, 'policy.json')
})

afterEach(() => rmSync(folder, { recursive: true }))

const policyOf = (policy: unknown) => {
  writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy), { mode: 0o644 })
  return readPolicy(file, here)
}

const reasons = ({ failures }: ReturnType<typeof readPolicy>) => failures.map(({ params }) => params?.['reason'])

describe('the policy of a computer', () => {
  it('lies where only an administrator writes', () => {
    expect(policyFile('linux', {})).toBe('/etc/discourse-notifier/policy.json')
    expect(policyFile('darwin', {})).toBe('/Library/Application Support/Discourse Notifier/policy.json')
    expect(policyFile('win32', { ProgramData: 'D:\\Data' })).toBe(
      path.join('D:\\Data', 'Discourse Notifier', 'policy.json'),
    )
  })

  it('is followed with a byte-order mark in front, as PowerShell 5.1 writes it (case c09)', () => {
    const text = '\uFEFF{ "sites": ["https://forum.example.org"], "updates": false }'
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le')]) {
      writeFileSync(file, bytes, { mode: 0o644 })
      expect(readPolicy(file, here)).toMatchObject({
        ...{ sites: ['https://forum.example.org'], mayUpdate: false, failures: [] },
      })
    }
  })

  it('is nothing where there is no file', () => {
    expect(readPolicy(file, here)).toEqual(noPolicy)
  })

  it('suggests forums, says how they are reached, and forbids updates', () => {
    const sites = ['meta.discourse.org', 'https://forum.example/community']
    expect(policyOf({ sites, proxy: 'http://proxy.example:3128', updates: false })).toEqual({
      file,
      sites,
      proxy: { kind: 'manual', url: 'http://proxy.example:3128' },
      mayUpdate: false,
      failures: [],
    })
    expect(policyOf({ proxy: 'none' }).proxy).toEqual({ kind: 'none' })
  })

  it('stays in force where another part of it is wrong, and each wrong part is named', () => {
    const policy = policyOf({
      sites: ['javascript:alert(1)'],
      proxy: 'http://eve:secret@proxy',
      updates: false,
      upd: 1,
    })
    expect(policy).toMatchObject({ sites: [], proxy: undefined, mayUpdate: false })
    expect(reasons(policy)).toEqual([
      '“upd” is not a known setting',
      '“sites” must be a list of at most 100 forum addresses',
      '“proxy” must be the address of a proxy, without a password, or “none”',
    ])
    expect(JSON.stringify(policy.failures)).not.toContain('secret')
    expect(policy.failures[0]).toMatchObject({ code: 'policy_invalid', params: { file } })
  })

  it.each(['', '{', '[]', '"text"', 'null'])('that is %j is none, and is told', (text) => {
    expect(policyOf(text)).toMatchObject({ failures: [{ code: 'policy_ignored' }] })
    expect(reasons(policyOf(text))).toEqual(['it is not a JSON object'])
  })

  it('that is too long is not read', () => {
    expect(reasons(policyOf(' '.repeat(64_001)))).toEqual(['it is too long'])
  })

  it.skipIf(here === undefined)('that others could have written is not followed', () => {
    expect(policyOf({ updates: false }).mayUpdate).toBe(false)
    chmodSync(file, 0o666)
    expect(readPolicy(file, here)).toMatchObject({ mayUpdate: true, failures: [{ code: 'policy_ignored' }] })
    chmodSync(file, 0o644)
    expect(readPolicy(file, (here ?? 0) + 1)).toMatchObject({ mayUpdate: true, failures: [{ code: 'policy_ignored' }] })
  })

  it('holds against the settings: forums are reached by its proxy', async () => {
    const proxy = await startProxy({ refuses: 403 })
    const forced = policyOf({ proxy: `http://${proxy.host}` }).proxy
    const http = createHttp({ userAgent: 'test', forcedProxy: forced })
    await http.setNetwork({ proxy: { kind: 'none' }, certificates: [] })
    const answer = await http.send({ method: 'GET', url: 'https://forum.test/' })
    expect(answer).toMatchObject({ failure: { code: 'proxy_refused' } })
    expect(proxy.asked).toEqual(['CONNECT forum.test:443'])
    await http.close()
    await proxy.stop()
  })
})
