import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { removeHome } from './remove-home.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-home-'))
})

/** Lets go of its socket when it is asked to end, and then goes on writing for a second. */
const writesAfterSocket = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  const { createServer } = require('node:net')
  const path = require('node:path')
  const { HOME } = process.env
  const socket = path.join(HOME, 'control.sock')
  const server = createServer().listen(socket, () => console.log('ready'))
  process.once('SIGTERM', () => {
    server.close()
    const end = performance.now() + 1000
    for (let count = 0; performance.now() < end; count++) {
      const folder = path.join(HOME, 'state', String(count % 50))
      mkdirSync(folder, { recursive: true })
      writeFileSync(path.join(folder, 'file'), '')
    }
  })
`
/** Stays, whatever it is asked. */
const neverEnds = `
  process.on('SIGTERM', () => undefined)
  setInterval(() => undefined, 1000)
  console.log('ready')
`

/** Starts a script in the home. @param name its file there */
const start = async (name: string, script: string, env: NodeJS.ProcessEnv = { HOME: home }): Promise<ChildProcess> => {
  const file = path.join(home, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, script)
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

describe.skipIf(process.platform !== 'linux')('removing a home', () => {
  it('waits for a notifier that still writes after it has let go of its socket', async () => {
    const child = await start('headless/cli.js', writesAfterSocket)
    const ended = once(child, 'exit')
    child.kill()
    await expect.poll(() => existsSync(path.join(home, 'control.sock'))).toBe(false)
    await removeHome(home)
    expect(existsSync(home)).toBe(false)
    expect(await ended).toEqual([0, null])
    expect(existsSync(home)).toBe(false)
  })

  it('names a notifier that does not end, and removes the home all the same', async () => {
    const child = await start('headless/cli.js', neverEnds)
    const ended = once(child, 'exit')
    await expect(removeHome(home, { notifierTimeout: 100 })).rejects.toThrow(
      `${child.pid} ${process.execPath} ${home}/headless/cli.js`,
    )
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(existsSync(home)).toBe(false)
  })

  it('ends what else was left running, and waits for it', async () => {
    const polite = once(await start('keyring.js', writesAfterSocket), 'exit')
    await removeHome(home, { leftoverTimeout: 60_000 })
    expect(await polite).toEqual([0, null])
    expect(existsSync(home)).toBe(false)
    const stubborn = once(await start('bus.js', neverEnds), 'exit')
    await removeHome(home, { leftoverTimeout: 100 })
    expect(await stubborn).toEqual([null, 'SIGKILL'])
    expect(existsSync(home)).toBe(false)
  })

  it('finds a program by its working directory alone, and leaves others alone', async () => {
    const other = spawn('sleep', ['600'], { env: {} })
    const inHome = spawn('sleep', ['600'], { cwd: home, env: {} })
    const ended = once(inHome, 'exit')
    await removeHome(home)
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect([other.exitCode, other.signalCode]).toEqual([null, null])
    other.kill()
  })

  it('is no fault where there is no such folder any more', async () => {
    await removeHome(home)
    await removeHome(home)
  })
})
