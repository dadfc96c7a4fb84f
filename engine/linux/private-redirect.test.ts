import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { privateRedirect, redirectLifetime } from './private-redirect.ts'

const secret = 'https://meta.example/session/otp/0123456789abcdef0123456789abcdef'
const clock = createFakeClock()
afterEach(() => clock.advance(redirectLifetime))

const visit = async (address: string): Promise<readonly [number, string | null]> => {
  const response = await fetch(address, { redirect: 'manual' })
  return [response.status, response.headers.get('location')]
}

/** What another user of the computer gets: the status and the text. */
const visitAsNobody = async (address: string): Promise<string> => {
  const script = `fetch('${address}').then(async (r) => console.log(r.status, r.url, await r.text()))`
  const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, '-e', script]
  return (await promisify(execFile)('setpriv', asNobody)).stdout
}

describe.runIf(process.platform === 'linux')('an address that may be seen by others', () => {
  it('leads this user to the secret one, as often as a desktop and its browser ask, for a minute', async () => {
    const address = (await privateRedirect(secret, { clock })) ?? ''
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/)
    expect(await visit(address)).toEqual([302, secret])
    expect(await visit(address)).toEqual([302, secret])
    await clock.advance(redirectLifetime)
    await expect(visit(address)).rejects.toThrow()
  })

  it.runIf(process.getuid?.() === 0)('tells another user nothing, and is not used up by them', async () => {
    const address = (await privateRedirect(secret, { clock })) ?? ''
    expect(await visitAsNobody(address)).toBe(`404 ${address} \n`)
    expect(await visit(address)).toEqual([302, secret])
  })

  it('leads nowhere under another path, also one that begins alike', async () => {
    const address = (await privateRedirect(secret, { clock })) ?? ''
    for (const other of ['/', '/favicon.ico', `${new URL(address).pathname}/x`]) {
      expect(await visit(new URL(other, address).href)).toEqual([404, null])
    }
  })

  it('is not given where nobody can tell whose a connection is', async () => {
    const readTable = async (): Promise<string> => {
      throw new Error('EACCES')
    }
    expect(await privateRedirect(secret, { clock, readTable })).toBeUndefined()
    expect(await privateRedirect(secret, { clock, readTable: async () => 'nonsense\n1 2 3\n' })).toBeUndefined()
  })

  it('leads nowhere once the connections’ owners cannot be told any more', async () => {
    let isReadable = true
    const readTable = async (file: string): Promise<string> => (isReadable ? await readFile(file, 'latin1') : '')
    const address = (await privateRedirect(secret, { clock, readTable })) ?? ''
    isReadable = false
    expect(await visit(address)).toEqual([404, null])
  })
})
