import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { controlPath } from '../../../engine/control/control-path.ts'
import { logFolder } from '../../../engine/storage/profile.ts'
import { connect, expectAlert, expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** Loaded into the program before its own code: throws on a signal what nobody catches. */
const hook = `
const thrown = () => Object.assign(new Error('the key of ann'), { code: 'EODD' })
process.on('SIGUSR2', () => {
  if (process.env.THROWN === 'rejection') void Promise.reject(thrown())
  else setTimeout(() => { throw thrown() }, 0)
  if (process.env.THROWN === 'twice') setTimeout(() => { throw thrown() }, 0)
})`

interface Thrown {
  readonly kind: 'error' | 'rejection' | 'twice'
  /** How the program ends: in order and as failed, or at once. */
  readonly end: 1 | 'SIGKILL'
  /** A setting that is changed just before. */
  readonly refreshSeconds: number
}

const thrown: readonly Thrown[] = [
  { kind: 'error', end: 1, refreshSeconds: 71 },
  { kind: 'rejection', end: 1, refreshSeconds: 72 },
  { kind: 'twice', end: 'SIGKILL', refreshSeconds: 73 },
]

/**
 * Throws errors into the running program that nobody catches. It logs them, saves what has changed, says in a sentence
 * that it ends, and ends as failed, so that a service manager starts it again.
 * @param isLong also those that leave no time to end in order
 */
export const throwErrors = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, tally } = scene
  const hookFile = path.join(machine.home, 'throw.cjs')
  writeFileSync(hookFile, hook)
  const start = (kind: string): Promise<void> =>
    machine.start({ env: { NODE_OPTIONS: `--require ${JSON.stringify(hookFile)}`, THROWN: kind } })
  /** Whether the setting that was changed last has been saved. Starts are few: each takes from the budget of requests. */
  const expectSaved = async (refreshSeconds: number, after: string): Promise<void> => {
    const { preferences } = await machine.snapshot()
    const kept = preferences.general.refreshSeconds
    if (kept !== refreshSeconds) tally.lose('settings', `${kept} in the place of ${refreshSeconds} after ${after}`)
    await expectMembers(scene, ['ann'], after)
  }
  await start('error')
  await connect(machine, scene.forum, 'ann')
  for (const [index, { kind, end, refreshSeconds }] of thrown.slice(0, isLong ? 3 : 2).entries()) {
    const before = thrown[index - 1]
    if (before !== undefined) {
      await start(kind)
      await expectSaved(before.refreshSeconds, before.kind)
    }
    await machine.run('preferences.change', { general: { refreshSeconds } })
    const how = await machine.endBy(() => process.kill(machine.pid(), 'SIGUSR2'))
    tally.inject(`error that nobody caught: ${kind}`)
    const fail = (what: string): void => tally.lose('settings', `${kind}: ${what}`)
    if ((how.status ?? how.signal) !== end) fail(`it ended with ${how.status ?? how.signal}`)
    if (!how.lastErrors.includes('has ended because of an error')) fail('it did not say so')
    if (/\n\s+at /.test(how.lastErrors)) fail('a stack trace')
    const log = readFileSync(path.join(logFolder(machine.profile), 'notifier.log'), 'utf8')
    const line = log.split('\n').findLast((one) => one.includes('"event":"crash"')) ?? '{}'
    const { at, level, code, reason, places } = JSON.parse(line)
    const isPlaced = /^throw\.cjs:\d+:\d+/.test(places) && !Number.isNaN(Date.parse(at))
    if (level !== 'error' || code !== 'internal' || reason !== 'EODD' || !isPlaced) fail(`it logged ${line}`)
    if (log.includes('the key of ann')) tally.lose('secrets told', `${kind}: the message of the error`)
    if (end === 1 && existsSync(controlPath(machine.profile))) fail('its socket was left behind')
  }
  await machine.start()
  await expectSaved(thrown[isLong ? 2 : 1]?.refreshSeconds ?? 0, 'the last')
  await expectAlert(scene, 'ann', 'After errors', 'errors that nobody caught')
  await machine.quit()
}
