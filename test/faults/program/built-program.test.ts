import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import * as path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { missingDesktopProgram } from '../../e2e/desktop-program.ts'
import type { Forum } from '../../forum/forum.ts'
import { startForum } from '../../forum/start-forum.ts'
import { missingAuthority } from '../../rig/authority.ts'
import { seededRandom } from '../../rig/seeded-random.ts'
import { missingPart, onPath } from '../../system-parts.mjs'
import { canSetClock, jumpClock } from './clocks.ts'
import { canMount, damageFiles, fillDisk, freezeDisk, leftovers, slowDisk } from './disks.ts'
import { throwErrors } from './errors.ts'
import { anotherUser, attackPage, canBeAnother, maliciousForum } from './intruders.ts'
import { troubleKeychain } from './keychains.ts'
import { killThroughout } from './kills.ts'
import { forgeDesktopLinks, forgeLinks, startByGarbage } from './links.ts'
import { builtProgram, type Machine, startMachine } from './machine.ts'
import { connect } from './members.ts'
import { misleadKeys } from './networks.ts'
import { startOddly } from './odd-starts.ts'
import type { Scene } from './scene.ts'
import { type SoakFigures, soak } from './soak.ts'
import { growthIn } from './soak-growth.ts'
import { createTally } from './tally.ts'
import { layTraps } from './traps.ts'

// The built program with the real keychain, on failing disks, clocks and computers. Every injected fault is counted,
// and everything lost or let in, which must be nothing. `npm test` runs a short part in less than a minute; `npm run
// test:faults` runs all of it and writes docs/faults.md.

/** Where the counts for docs/faults.md go, and the program's last output. */
const results = path.join(import.meta.dirname, '..', '..', '..', 'test-results')
mkdirSync(results, { recursive: true })
const began = Date.now()
const part = process.env['FAULTS_PART'] ?? 'program'
const isLong = process.env['FAULTS'] === 'all'
const missing = missingPart('keychain') ?? (existsSync(builtProgram) ? undefined : 'the program is not built')
const tally = createTally()
const random = seededRandom(Number(process.env['FAULTS_SEED'] ?? 1))
const users = ['ann', 'ben', 'cat', 'dan', 'eda', 'flo', 'gil', 'hal', 'ivy', 'jon', 'kim'].map((username) => ({
  username,
}))
let figures: SoakFigures | undefined

const machines: Machine[] = []
const forums: Forum[] = []
afterEach(async () => {
  const before = tally.lost().length
  for (const machine of machines.splice(0)) {
    const left = machine.left()
    writeFileSync(path.join(results, `faults-${part}-said.txt`), machine.said())
    for (const kind of forums.flatMap((forum) => left.flatMap((text) => forum.secretsIn(text))))
      tally.lose('secrets told', kind)
    if (left.some((text) => text.includes('PRIVATE KEY'))) tally.lose('secrets told', 'the private key')
    tally.inject('texts searched for secrets', left.length)
    for (const { status, signal, seconds, lastErrors } of machine.unaskedEnds())
      tally.lose('ended by itself', `with ${status ?? signal} after ${seconds} s: ${JSON.stringify(lastErrors)}`)
    for (const file of leftovers(machine.profile)) tally.lose('settings', `left behind: ${file}`)
    await machine.stop()
  }
  for (const forum of forums.splice(0)) await forum.stop()
  expect(tally.lost().slice(before)).toEqual([])
})

const setUp = async (): Promise<Scene> => {
  const machine = await startMachine()
  machines.push(machine)
  return { machine, forum: await newForum(), tally, fraction: random.fraction }
}

/** High, because tests send requests faster than users; the engine keeps to its own budgets all the same. */
const limits = { keyPerMinute: 100_000, keyPerDay: 1_000_000 }

const newForum = async (): Promise<Forum> => {
  const forum = await startForum({ profile: 'latest', title: 'Meta', users, limits })
  forums.push(forum)
  return forum
}

/** Runs `work`, and fails when it lost something. Alerts are exempt: a kill may lose the one being shown. */
const expectNoLoss = async (work: () => Promise<void>): Promise<void> => {
  const before = tally.lost().length
  await work()
  expect(
    tally
      .lost()
      .slice(before)
      .filter(({ what }) => what !== 'alerts'),
  ).toEqual([])
}

const kills = (): number =>
  [...tally.injected()].reduce((sum, [kind, times]) => sum + (kind.startsWith('killed') ? times : 0), 0)

describe.skipIf(missing !== undefined)(`the built program${missing === undefined ? '' : ` (${missing})`}`, () => {
  it('loses nothing by being killed', { timeout: 3_600_000 }, () =>
    expectNoLoss(async () => {
      const scene = await setUp()
      await scene.machine.start()
      const wanted = isLong ? Number(process.env['FAULTS_KILLS'] ?? 220) : 1
      for (let round = 0; kills() < wanted; round += 1)
        await killThroughout({ ...scene, forum: await newForum() }, { number: round, isWhole: isLong })
      expect(tally.lost().filter(({ what }) => what === 'alerts').length).toBeLessThanOrEqual(kills())
    }),
  )

  it('loses nothing by damaged files', { timeout: 900_000 }, () =>
    expectNoLoss(async () => damageFiles(await setUp(), isLong ? 24 : 2)),
  )

  it.skipIf(!canMount())('loses nothing by a disk that is full', { timeout: 300_000 }, () =>
    expectNoLoss(async () => fillDisk(await setUp())),
  )

  it.skipIf(!canMount() || !isLong)('loses nothing by a disk that takes nothing', { timeout: 300_000 }, () =>
    expectNoLoss(async () => freezeDisk(await setUp())),
  )

  it.skipIf(!isLong || !onPath('strace'))('loses nothing by a slow disk', { timeout: 300_000 }, () =>
    expectNoLoss(async () => slowDisk(await setUp())),
  )

  it('loses nothing by an error that nobody caught', { timeout: 300_000 }, () =>
    expectNoLoss(async () => throwErrors(await setUp(), isLong)),
  )

  it('loses nothing by its keychain', { timeout: 900_000 }, () =>
    expectNoLoss(async () => troubleKeychain(await setUp(), isLong)),
  )

  it.skipIf(!canSetClock())('tells what happens whatever its clock says', { timeout: 900_000 }, () =>
    expectNoLoss(async () => jumpClock(await setUp(), isLong)),
  )

  it.skipIf(process.platform !== 'linux')('ends in a sentence however it is started', { timeout: 600_000 }, () =>
    expectNoLoss(async () => startOddly(await setUp())),
  )

  it.skipIf(missingAuthority !== undefined)('takes no key elsewhere', { timeout: 600_000 }, () =>
    expectNoLoss(async () => misleadKeys(await setUp(), isLong)),
  )

  it.skipIf(missingAuthority !== undefined)('connects to no private address', { timeout: 600_000 }, () =>
    expectNoLoss(async () => layTraps(await setUp(), isLong)),
  )

  it('lets nobody in, by page, by link, by account or by forum', { timeout: 900_000 }, () =>
    expectNoLoss(async () => {
      const scene = await setUp()
      await startByGarbage(scene)
      await scene.machine.start()
      await connect(scene.machine, scene.forum, 'kim')
      await attackPage(scene, isLong ? 10 : 1)
      if (canBeAnother()) await anotherUser(scene)
      await forgeLinks(scene, isLong && missingPart('handler') === undefined)
      await maliciousForum(scene)
    }),
  )

  const missingDesktop = missingDesktopProgram() ?? missingPart('desktop') ?? missingPart('handler')
  it.skipIf(!isLong || missingDesktop !== undefined)(
    'lets nobody into the desktop program, by whatever way a link arrives',
    { timeout: 900_000 },
    () => expectNoLoss(async () => forgeDesktopLinks(await setUp())),
  )

  it.skipIf(!isLong)('has every count right after a soak, and has not grown', { timeout: 3 * 3_600_000 }, () =>
    expectNoLoss(async () => {
      const { machine } = await setUp()
      const minutes = Number(process.env['FAULTS_SOAK'] ?? 6)
      figures = await soak({ machine, tally, fraction: random.fraction, accounts: 200, minutes })
      expect(growthIn(figures.sixths)).toEqual([])
    }),
  )
})

afterAll(() => {
  if (!isLong) return
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
  const run = { commit, began, ended: Date.now(), load: loadavg() }
  const counted = { run, injected: Object.fromEntries(tally.injected()), lost: tally.lost(), soak: figures }
  writeFileSync(path.join(results, `faults-${part}.json`), JSON.stringify(counted, null, 2))
})
