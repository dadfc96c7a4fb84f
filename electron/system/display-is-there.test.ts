import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
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

  it.each([{}, { DISPLAY: '' }, { DISPLAY: ':4711' }, { WAYLAND_DISPLAY: '/nowhere/wayland-0' }])(
    'is not there with %j',
    async (missing) => {
      expect(await displayIsThere(missing, false)).toBe(false)
    },
  )

  it('on another computer is left to X', async () => {
    expect(await displayIsThere({ DISPLAY: 'desk.example:10.0' }, false)).toBe(true)
  })

  it('is waited for at login', async () => {
    const waiting = displayIsThere(environment(), true)
    const close = await listen()
    expect(await waiting).toBe(true)
    await close()
  })
})
