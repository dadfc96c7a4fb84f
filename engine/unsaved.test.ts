import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type EngineRig, expectOk } from '../test/rig/engine-rig.ts'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'

// What cannot be written, as on a full disk, while the engine runs.

const { forumOf, rigOf } = setUpRigs()

/** Puts something in the way of the settings file. @returns takes it away again */
const blockSettings = ({ settingsPath }: EngineRig): (() => void) => {
  renameSync(settingsPath, `${settingsPath}.aside`)
  mkdirSync(settingsPath)
  return () => {
    rmdirSync(settingsPath)
    renameSync(`${settingsPath}.aside`, settingsPath)
  }
}

/** The same for the folder of state files. */
const blockState = ({ settingsPath }: EngineRig): (() => void) => {
  const state = path.join(path.dirname(settingsPath), 'state')
  renameSync(state, `${state}-aside`)
  writeFileSync(state, '')
  return () => {
    rmSync(state)
    renameSync(`${state}-aside`, state)
  }
}

const notices = ({ engine }: EngineRig) => engine.snapshot().notices.map(({ failure }) => failure.code)

/** Longer than until the next try. */
const aWhile = 40_000

describe('settings that cannot be saved', () => {
  it('are saved by themselves as soon as they can be, and the notice goes', async () => {
    const rig = await rigOf()
    expectOk(await rig.run('preferences.change', { general: { refreshSeconds: 76 } }))
    const unblock = blockSettings(rig)
    const changed = await rig.run('preferences.change', { general: { refreshSeconds: 77 } })
    expect(changed).toMatchObject({ failure: { code: 'settings_not_saved' } })
    await rig.pass(aWhile, [])
    expect(notices(rig)).toEqual(['settings_not_saved'])
    unblock()
    await rig.pass(aWhile, [])
    expect(notices(rig)).toEqual([])
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8'))).toMatchObject({
      preferences: { general: { refreshSeconds: 77 } },
    })
  })

  it('are tried again without bringing back a notice that was dismissed', async () => {
    const rig = await rigOf()
    expectOk(await rig.run('preferences.change', { general: { refreshSeconds: 76 } }))
    const unblock = blockSettings(rig)
    await rig.run('preferences.change', { general: { refreshSeconds: 77 } })
    const [notice] = rig.engine.snapshot().notices
    expectOk(await rig.run('notice.dismiss', { notice: notice?.id ?? '' }))
    await rig.pass(aWhile, [])
    expect(notices(rig)).toEqual([])
    unblock()
  })
})

describe('alerts that cannot be noted', () => {
  it('are noted by themselves as soon as they can be, with nothing new, and the notice goes', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await rig.pass(aWhile, [forum])
    const unblock = blockState(rig)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await rig.pass(70_000, [forum])
    expect(rig.alerts).toHaveLength(1)
    expect(notices(rig)).toEqual(['settings_not_saved'])
    unblock()
    const ledger = path.join(path.dirname(rig.settingsPath), 'state', `alerts-${id}.json`)
    const before = readFileSync(ledger, 'utf8')
    await rig.pass(aWhile, [forum])
    expect(readFileSync(ledger, 'utf8')).not.toBe(before)
    expect(notices(rig)).toEqual([])
  })
})
