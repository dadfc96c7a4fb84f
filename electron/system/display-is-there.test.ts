import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { displayIsThere } from './display-is-there.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'display-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const listen = async (): Promise<() => Promise<void>> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'wayland-1'), resolve))
  return () => new Promise((resolve) => server.close(() => resolve()))
}

describe.skipIf(process.platform === 'win32')('a display', () => {
  const environment = () => ({ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: folder })

  it('is there when it can be connected to', async () => {
    const close = await listen()
    expect(await displayIsThere(environment(), false)).toBe(true)
    await close()
  })

  it.each([
    ...[{}, { DISPLAY: '' }, { DISPLAY: ':4711' }, { WAYLAND_DISPLAY: '/nowhere/wayland-0' }],
    ...[
      'rubbish',
      ':',
      ': 0',
      ':-1',
      '::1',
      ':0.x',
      'unix',
      'desk.example',
      'desk.example:',
      'desk.example:x',
      ' ',
      '/',
    ].map((x) => ({ DISPLAY: x })),
  ])('is not there with %j', async (missing) => {
    expect(await displayIsThere(missing, false)).toBe(false)
  })

  it.each(['127.0.0.1', 'tcp/127.0.0.1', '[127.0.0.1]'])('of a computer is there while %s listens', async (host) => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const listening = v.parse(v.object({ port: v.number() }), server.address())
    const environment = { DISPLAY: `${host}:${listening.port - 6000}.0` }
    expect(await displayIsThere(environment, false)).toBe(true)
    await new Promise((resolve) => server.close(resolve))
    expect(await displayIsThere(environment, false)).toBe(false)
  })

  it('may be named by its socket', async () => {
    const close = await listen()
    expect(await displayIsThere({ DISPLAY: path.join(folder, 'wayland-1') }, false)).toBe(true)
    await close()
  })

  it('is waited for at login', async () => {
    const waiting = displayIsThere(environment(), true)
    const close = await listen()
    expect(await waiting).toBe(true)
    await close()
  })
})
