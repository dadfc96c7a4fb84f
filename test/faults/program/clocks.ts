import { existsSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect, expectAlert, expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** Debian's libfaketime, which sets the clock of one program. */
const library = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
].find((file) => existsSync(file))

export const canSetClock = (): boolean => library !== undefined

const day = 24 * 3600
const jumps = [
  ['an hour ahead', 3600],
  ['an hour back', -3600],
  ['a day ahead', day],
  ['a day back', -day],
  ['a year ahead', 365 * day],
  ['a year back', -365 * day],
] as const

/** Sets the clock of the running program: events still lead to alerts, and a pause keeps its length. */
export const jumpClock = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, forum, tally } = scene
  const file = path.join(machine.home, 'faketime')
  const set = (seconds: number): void => {
    writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}`)
  }
  set(0)
  const env = {
    ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' },
    ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' },
  }
  await machine.start({ env })
  await connect(machine, forum, 'hal')
  for (const [name, seconds] of isLong ? jumps : jumps.slice(3, 4)) {
    await machine.run('quiet.pause', { for: '30min' })
    set(seconds)
    tally.inject(`clock ${name}`)
    const left = await pauseLeft(scene, seconds)
    if (Math.abs(left - 1800) > 90)
      tally.lose('settings', `a pause of 30 minutes has ${Math.round(left / 60)} left, ${name}`)
    await machine.run('quiet.resume', {})
    await expectAlert(scene, 'hal', `Clock ${name}`, 'a jump of the clock')
    set(0)
    tally.inject('clock set right again')
    await expectAlert(scene, 'hal', `Clock right after ${name}`, 'a jump of the clock back')
  }
  if (isLong) {
    process.kill(machine.pid(), 'SIGSTOP')
    set(7 * day)
    await delay(3000)
    process.kill(machine.pid(), 'SIGCONT')
    tally.inject('a week asleep')
    await expectAlert(scene, 'hal', 'Slept a week', 'a week asleep')
    set(0)
    await machine.kill()
    for (const [name, seconds] of jumps) {
      set(seconds)
      await machine.start({ env })
      tally.inject(`started with the clock ${name}`)
      await expectMembers(scene, ['hal'], `a start with the clock ${name}`)
      await machine.kill()
    }
    for (const [when, at] of [
      ['begins', '@2026-03-29 01:59:50'],
      ['ends', '@2026-10-25 02:59:50'],
    ] as const) {
      writeFileSync(file, at)
      await machine.start({ env: { ...env, TZ: 'Europe/Berlin' } })
      tally.inject(`daylight saving ${when}`)
      await expectMembers(scene, ['hal'], `daylight saving ${when}`)
      await delay(12_000)
      await expectAlert(scene, 'hal', `Daylight saving ${when}`, 'the change of the clocks')
      await machine.kill()
    }
  }
  await machine.kill()
}

/** Seconds that a pause has left, by the clock that the program sees. */
const pauseLeft = async ({ machine }: Scene, offset: number): Promise<number> => {
  // The program reads its clock once a minute, and when a quiet setting has changed.
  const { obeySystem } = (await machine.snapshot()).preferences.quiet
  await machine.run('preferences.change', { quiet: { obeySystem: !obeySystem } })
  const { quiet } = await machine.snapshot()
  return quiet.isQuiet ? (quiet.until ?? 0) / 1000 - (Date.now() / 1000 + offset) : 0
}
