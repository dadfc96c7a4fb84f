import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect, Server } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok } from '../../common/contract/failure.ts'
import { costlyInputs } from '../../test/rig/costly-inputs.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { processorTime } from '../../test/rig/processor-time.ts'
import { callInstance, watchInstance } from './call-instance.ts'
import { type Claim, claimProfile } from './claim-profile.ts'
import { controlPath } from './control-path.ts'

let folder = ''
let claims: Claim[] = []
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notifier-claim-'))
})
afterEach(async () => {
  for (const claim of claims.splice(0)) await claim.release()
  rmSync(folder, { recursive: true, force: true })
})

const claim = async (): Promise<Claim | undefined> => {
  const claimed = expectOk(await claimProfile(controlPath(folder)))
  if (claimed !== undefined) claims = [...claims, claimed]
  return claimed
}

describe.skipIf(process.platform === 'win32')('a profile', () => {
  it('belongs to the first of several processes that claim it at once', async () => {
    const claimed = await Promise.all(Array.from({ length: 8 }, claim))
    expect(claimed.filter((one) => one !== undefined)).toHaveLength(1)
  })

  it('is the same through a symbolic link', async () => {
    const link = `${folder}-link`
    symlinkSync(folder, link)
    try {
      const first = expectOk(await claimProfile(controlPath(link)))
      if (first !== undefined) claims = [...claims, first]
      expect(first).toBeDefined()
      expect(await claim()).toBeUndefined()
    } finally {
      rmSync(link)
    }
  })

  it('is free again after its release', async () => {
    const first = await claim()
    await first?.release()
    expect(await claim()).toBeDefined()
  })

  it('can be claimed after its process was killed', async () => {
    const socket = controlPath(folder)
    const script = `require('net').createServer().listen(${JSON.stringify(socket)}, () => console.log('up'))`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(await claim()).toBeUndefined()
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    expect(await claim()).toBeDefined()
  })

  it('reports why its socket cannot be created', async () => {
    mkdirSync(controlPath(folder))
    expect(await claimProfile(controlPath(folder))).toEqual({
      ok: false,
      failure: { code: 'profile_unusable', params: { path: controlPath(folder), reason: 'ERR_FS_EISDIR' } },
    })
  })

  it('is neither claimed nor called where other users could create a socket', async () => {
    chmodSync(folder, 0o777)
    const failure = { code: 'profile_unusable', params: { path: folder, reason: 'others can write it' } }
    expect(await claimProfile(controlPath(folder))).toEqual({ ok: false, failure })
    expect(await callInstance(controlPath(folder), { call: 'show' })).toMatchObject({
      failure: { code: 'not_running' },
    })
  })

  it.each([-3600, 3600])('does not wait for a lock whose time is off by %d seconds', async (seconds) => {
    const lock = `${controlPath(folder)}.lock`
    writeFileSync(lock, '')
    const time = Date.now() / 1000 + seconds
    utimesSync(lock, time, time)
    expect(await claim()).toBeDefined()
  })

  it('does not wait for a link that leads nowhere in place of a lock', async () => {
    const lock = `${controlPath(folder)}.lock`
    symlinkSync(path.join(folder, 'nowhere', 'at all'), lock)
    lutimesSync(lock, 0, 0)
    expect(await claim()).toBeDefined()
  })

  it('is accessible to its owner only', async () => {
    await claim()
    expect(statSync(controlPath(folder)).mode & 0o777).toBe(0o600)
  })

  it('does not crash the program when its socket is removed right after its creation', async () => {
    const listen = Server.prototype.listen
    vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server, ...args: unknown[]) {
      Reflect.apply(listen, this, args)
      rmSync(controlPath(folder))
      return this
    })
    expect(await claim()).toBeDefined()
  })

  it('has its socket elsewhere when its own path is too long for one', async () => {
    const deep = path.join(folder, 'x'.repeat(120))
    expect(Buffer.byteLength(controlPath(deep, 'linux'))).toBeLessThanOrEqual(100)
    expect(controlPath(deep, 'linux')).not.toBe(controlPath(`${deep}y`, 'linux'))
    expect(controlPath(deep, 'win32')).toMatch(/^\\\\\.\\pipe\\discourse-notifier-[0-9a-f]{16}$/)
  })
})

describe.skipIf(process.platform === 'win32')('the control socket', () => {
  it('answers calls, including those that arrived before it was ready', async () => {
    const claimed = await claim()
    const early = callInstance(controlPath(folder), { call: 'show' })
    claimed?.answerWith(async (call) => ok({ asked: call.call }))
    expect(await early).toEqual({ ok: true, value: { asked: 'show' } })
    expect(await callInstance(controlPath(folder), { call: 'quit' })).toEqual({ ok: true, value: { asked: 'quit' } })
  })

  const noCall = 'this version has no such call'
  const noJson = 'it is no JSON, or has more values than any command'
  it.each([
    ['', '', noJson],
    ['not JSON', 'not JSON', noJson],
    ['an unknown call', '{"call":"erase"}', noCall],
    ['a call with more', '{"call":"show","more":1}', noCall],
    ['a list', '[]', noCall],
    ['too many values', `{"call":"command","name":"x","input":[${'0,'.repeat(20_000)}0]}`, noJson],
    [
      'too many characters',
      `{"call":"begin","address":"${'a'.repeat(1_000_000)}"}`,
      'there was no line of at most 1000000 characters',
    ],
  ])('refuses the line “%s”, and says why', async (_what, line, reason) => {
    const claimed = await claim()
    claimed?.answerWith(async () => ok('answered'))
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(controlPath(folder), () => socket.write(`${line}\n`))
      socket.once('data', (data) => resolve(data.toString()))
    })
    expect(JSON.parse(answer)).toEqual({ ok: false, failure: { code: 'command_invalid', params: { reason } } })
  })

  it('reads or refuses any line in less than 50 ms of the processor', async () => {
    const claimed = await claim()
    claimed?.answerWith(async () => ok('answered'))
    const costs: Record<string, number> = {}
    for (const [what, name, json] of costlyInputs) {
      costs[what] = await processorTime(async () => {
        const socket = connect(controlPath(folder), () =>
          socket.write(`{"call":"command","name":"${name}","input":${json}}\n`),
        )
        expect(await text(socket)).toMatch(/answered|command_invalid/)
      })
    }
    expect(Object.entries(costs).filter(([, cost]) => cost >= 50)).toEqual([])
  })

  it('keeps streaming to a watching client until one side disconnects', async () => {
    const claimed = await claim()
    let listener: () => void = () => undefined
    let value = 0
    let sent: number | undefined
    let subscribers = 0
    claimed?.answerWith(async () => ({
      subscribe: (onDue) => {
        subscribers += 1
        listener = onDue
        return () => {
          subscribers -= 1
        }
      },
      next: () => {
        if (value === sent) return undefined
        sent = value
        return value
      },
    }))
    const heard: unknown[] = []
    const cancelled = new AbortController()
    const ended = watchInstance(controlPath(folder), 'watch', (answer) => heard.push(answer), cancelled.signal)
    await expect.poll(() => heard).toEqual([ok(0)])
    value = 7
    listener()
    listener()
    await expect.poll(() => heard).toEqual([ok(0), ok(7)])
    cancelled.abort()
    expect(await ended).toBe(true)
    await expect.poll(() => subscribers).toBe(0)

    const again = watchInstance(controlPath(folder), 'watch', () => undefined)
    await expect.poll(() => subscribers).toBe(1)
    await claimed?.release()
    expect(await again).toBe(true)
    expect(await watchInstance(controlPath(folder), 'watch', () => undefined)).toBe(false)
  })

  it('has so many streams at a time, and one more is refused until another ends', async () => {
    const claimed = await claim()
    let subscribers = 0
    const subscribe = () => {
      subscribers += 1
      return () => {
        subscribers -= 1
      }
    }
    claimed?.answerWith(async ({ call }) => (call === 'watch' ? { subscribe, next: () => undefined } : ok(call)))
    const watching = Array.from({ length: commandLimits.streams }, () => new AbortController())
    for (const { signal } of watching) void watchInstance(controlPath(folder), 'watch', () => undefined, signal)
    await expect.poll(() => subscribers).toBe(commandLimits.streams)
    const heard: unknown[] = []
    expect(await watchInstance(controlPath(folder), 'watch', (answer) => heard.push(answer))).toBe(true)
    expect(heard).toEqual([fail('too_many_requests', { count: commandLimits.streams })])
    // Everything else is answered as ever.
    expect(await callInstance(controlPath(folder), { call: 'quit' })).toEqual(ok('quit'))
    watching[0]?.abort()
    await expect.poll(() => subscribers).toBe(commandLimits.streams - 1)
    const again = new AbortController()
    const ended = watchInstance(controlPath(folder), 'watch', () => undefined, again.signal)
    await expect.poll(() => subscribers).toBe(commandLimits.streams)
    for (const one of [...watching, again]) one.abort()
    await ended
  })

  it('lets go of a program that connects and does not ask, and of no other', async () => {
    const claimed = expectOk(await claimProfile(controlPath(folder), 50))
    if (claimed !== undefined) claims = [...claims, claimed]
    const asked = callInstance(controlPath(folder), { call: 'show' })
    const idle = connect(controlPath(folder))
    await once(idle, 'close')
    claimed?.answerWith(async ({ call }) => ok(call))
    expect(await asked).toEqual(ok('show'))
  })

  it('does not exist when no instance is running', async () => {
    expect(await callInstance(controlPath(folder), { call: 'show' })).toEqual({
      ok: false,
      failure: { code: 'not_running' },
    })
  })
})
