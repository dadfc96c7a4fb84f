import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../common/contract/failure.ts'
import type { LinkOwner } from '../../common/contract/snapshot.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { startProxy } from '../../test/rig/start-proxy.ts'
import type { LinkHandler } from '../ports/link-handler.ts'

const { forumOf, rigOf } = setUpRigs()

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'preferences-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what the user has chosen', () => {
  it('is in the snapshot and in the settings at once, and outlives a restart', async () => {
    const rig = await rigOf()
    expect(rig.engine.snapshot().preferences).toEqual(defaultPreferences)
    expect(await rig.run('preferences.change', { alerts: { volume: 40 } })).toEqual({ ok: true, value: null })
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8')).preferences.alerts.volume).toBe(40)
    await rig.restart()
    expect(rig.engine.snapshot().preferences.alerts).toEqual({ ...defaultPreferences.alerts, volume: 40 })
  })

  it('puts the accounts in one order for everybody, saved at once, and forgets an account with its place', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'mika' }] })
    const rig = await rigOf()
    const [eve, mika] = [await rig.connect(forum, 'eve'), await rig.connect(forum, 'mika')]
    const shown = () => rig.engine.snapshot().accounts.map(({ username }) => username)
    expect(shown()).toEqual(['eve', 'mika'])
    const groups = [{ id: 'g1', name: 'Work', isFolded: false, accounts: [eve] }]
    expectOk(await rig.run('preferences.change', { overview: { ungrouped: [mika], groups } }))
    expect(shown()).toEqual(['mika', 'eve'])
    await rig.restart()
    expect(shown()).toEqual(['mika', 'eve'])
    expectOk(await rig.run('account.revoke', { account: eve }))
    expect(shown()).toEqual(['mika'])
    expect(rig.engine.snapshot().preferences.overview).toEqual({
      ungrouped: [mika],
      groups: [{ ...groups[0], accounts: [] }],
    })
  })

  it('stays as it is when any part of a change is wrong', async () => {
    const rig = await rigOf()
    const change = { alerts: { volume: 40 }, badge: { style: 'shouting' } }
    expect(await rig.engine.execute('preferences.change', change)).toMatchObject({
      failure: { code: 'command_invalid' },
    })
    expect(await rig.run('preferences.change', { alerts: { volume: 40 }, accounts: { nobody: {} } })).toEqual({
      ok: false,
      failure: { code: 'account_unknown', params: { account: 'nobody' } },
    })
    expect(rig.engine.snapshot().preferences).toEqual(defaultPreferences)
  })

  it('to be started at login is told to the system, and what became of it is shown', async () => {
    let isOn = true
    let answer: Result<null> = { ok: true, value: null }
    const set = (wanted: boolean): Result<null> => {
      if (answer.ok) isOn = wanted
      return answer
    }
    const rig = await rigOf({ openAtLogin: { isOn: () => isOn, set } })
    expect(rig.engine.snapshot().openAtLogin).toBe(true)
    expect(await rig.run('preferences.change', { general: { openAtLogin: false } })).toEqual(answer)
    expect([isOn, rig.engine.snapshot().openAtLogin]).toEqual([false, false])
    // Switched on behind our back, which the next change is told of whatever it is about.
    isOn = true
    await rig.run('preferences.change', { alerts: { volume: 40 } })
    expect([isOn, rig.engine.snapshot().openAtLogin]).toEqual([true, true])
    answer = { ok: false, failure: { code: 'login_start_failed', params: { reason: 'EACCES' } } }
    expect(await rig.run('preferences.change', { general: { openAtLogin: false } })).toEqual(answer)
    expect(rig.engine.snapshot().openAtLogin).toBe(true)
  })

  it('to be started at login is of no use where the shell cannot, and then nothing says that it is', async () => {
    const rig = await rigOf()
    await rig.run('preferences.change', { general: { openAtLogin: true } })
    expect(rig.engine.snapshot().openAtLogin).toBeNull()
  })

  describe('to take the forums’ links', () => {
    const linksOf = (first: LinkOwner) => {
      const wishes: boolean[] = []
      let owner = first
      const become = (next: LinkOwner): void => {
        owner = next
      }
      let answer: Result<null> = { ok: true, value: null }
      const linkHandler: LinkHandler = {
        owner: async () => owner,
        set: async (wanted) => {
          wishes.push(wanted)
          if (answer.ok) owner = { kind: wanted ? 'ours' : 'nobody' }
          return answer
        },
      }
      const refuse = (failure: Failure): void => {
        answer = { ok: false, failure }
      }
      return { wishes, linkHandler, become, refuse }
    }
    const owner = (rig: EngineRig) => rig.engine.snapshot().linkOwner

    it('is followed by default where nobody has them', async () => {
      const { wishes, linkHandler } = linksOf({ kind: 'nobody' })
      const rig = await rigOf({ linkHandler })
      await expect.poll(() => owner(rig)).toEqual({ kind: 'ours' })
      expect(wishes).toEqual([true])
    })

    it('takes them away from nobody unasked, and names who has them', async () => {
      const { wishes, linkHandler, become } = linksOf({ kind: 'other', name: 'DiscourseHub' })
      const rig = await rigOf({ linkHandler })
      await expect.poll(() => owner(rig)).toEqual({ kind: 'other', name: 'DiscourseHub' })
      become({ kind: 'other', name: 'Another' })
      await rig.engine.checkLinks()
      expect([wishes, owner(rig)]).toEqual([[], { kind: 'other', name: 'Another' }])
      expect(await rig.run('preferences.change', { general: { openLinks: true } })).toEqual({ ok: true, value: null })
      expect([wishes, owner(rig)]).toEqual([[true], { kind: 'ours' }])
    })

    it('is given up, and not taken up again by the next start', async () => {
      const { wishes, linkHandler } = linksOf({ kind: 'ours' })
      const rig = await rigOf({ linkHandler })
      await rig.run('preferences.change', { general: { openLinks: false } })
      expect([wishes, owner(rig)]).toEqual([[false], { kind: 'nobody' }])
      await rig.restart()
      await expect.poll(() => owner(rig)).toEqual({ kind: 'nobody' })
      expect(wishes).toEqual([false])
    })

    it('says why the system did not go along', async () => {
      const { linkHandler, refuse } = linksOf({ kind: 'other', name: 'DiscourseHub' })
      const rig = await rigOf({ linkHandler })
      const failure: Failure = { code: 'handler_failed', params: { reason: 'not taken' } }
      refuse(failure)
      expect(await rig.run('preferences.change', { general: { openLinks: true } })).toEqual({ ok: false, failure })
      expect(owner(rig)).toEqual({ kind: 'other', name: 'DiscourseHub' })
    })
  })

  it('does not cost the accounts their place when it cannot be read', async () => {
    const settings = '{"version":1,"accounts":[],"attempts":[],"preferences":{"alerts":"loud"}}'
    const rig = await rigOf({ settings })
    expect(rig.engine.snapshot()).toMatchObject({ notices: [], preferences: defaultPreferences })
  })

  it('for an account goes with the account', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await rig.run('preferences.change', { accounts: { [id]: { level: 'nothing' } } })
    expect(Object.keys(rig.engine.snapshot().preferences.accounts)).toEqual([id])
    await rig.run('account.revoke', { account: id })
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8')).preferences.accounts).toEqual({})
  })

  it('sets how often a forum is asked that is asked by the clock', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    rig.engine.setPresence({ user: 'idle' })
    await rig.run('preferences.change', { general: { refreshSeconds: 600 } })
    await rig.run('account.refresh', { account: id })
    const asked = () => forum.requests.length
    const before = asked()
    await rig.pass(8 * 60_000, [forum])
    expect(asked()).toBe(before)
    await rig.pass(4 * 60_000, [forum])
    expect(asked()).toBeGreaterThan(before)
  })
})

describe('the network that the user has chosen', () => {
  it('is used at once and at the next start, and what is wrong with it is told once', async () => {
    const missing = path.join(folder, 'missing.pem')
    const rig = await rigOf()
    const proxy = await startProxy()
    const forum = await forumOf()
    // No encryption is there, so that nothing comes of it but the question to the proxy.
    const address = `https://forum.test:${new URL(forum.url).port}`
    const chosen = { kind: 'manual', url: `http://${proxy.host}` } as const
    await rig.run('preferences.change', { network: { proxy: chosen, certificates: [missing] } })
    const notices = () => rig.engine.snapshot().notices.map(({ failure }) => failure.code)
    expect(notices()).toEqual(['certificate_unreadable'])
    await rig.run('site.inspect', { address })
    const first = proxy.asked.length
    expect(first).toBeGreaterThan(0)

    await rig.restart()
    expect(notices()).toEqual(['certificate_unreadable'])
    await rig.run('site.inspect', { address })
    expect(proxy.asked.length).toBeGreaterThan(first)

    await rig.run('preferences.change', { network: { proxy: { kind: 'none' }, certificates: [] } })
    expect(notices()).toEqual([])
    const last = proxy.asked.length
    await rig.run('site.inspect', { address })
    expect(proxy.asked.length).toBe(last)
    await proxy.stop()
  })
})
