import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { imagePrefix } from '../../common/contract/bridge.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Avatars and icons, against the simulated forum over real HTTP.

const { forumOf, rigOf } = setUpRigs()

const pictured = (rig: EngineRig) =>
  rig.until(
    ({ accounts }) => accounts.length > 0 && accounts.every(({ avatar, icon }) => avatar !== null && icon !== null),
  )

const folderOf = (rig: EngineRig): string => path.join(path.dirname(rig.settingsPath), 'images')

const fetched = (forum: Forum) => forum.requests.filter(({ path: asked }) => /letter_avatar|\/images\//.test(asked))

describe('the pictures of an account', () => {
  it.each(['', '/forum'])('are fetched after the sign-in, without a key, in the folder %j', async (at) => {
    const forum = await forumOf(at === '' ? {} : { path: at })
    const rig = await rigOf({ hasImages: true })
    await rig.connect(forum, 'eve')
    const { accounts } = await pictured(rig)
    for (const address of [accounts[0]?.avatar, accounts[0]?.icon]) {
      expect(address).toMatch(/^\/image\/[0-9a-f]{32}$/)
      expect(await rig.engine.image(address?.slice(imagePrefix.length) ?? '')).toMatchObject({ type: 'image/png' })
    }
    expect(await rig.engine.image('0'.repeat(32))).toBeUndefined()
    expect(fetched(forum).map(({ path: asked, keyed }) => [asked.replace(at, ''), keyed])).toEqual([
      ['/letter_avatar/eve/96/1.png', false],
      ['/images/icon.png', false],
    ])
    const files = readdirSync(folderOf(rig)).map((name) => modeForOthers(path.join(folderOf(rig), name)))
    expect(files).toEqual([0, 0])
  })

  it('are kept over a restart, and fetched anew, the icon after a day and the avatar after a week', async () => {
    const forum = await forumOf()
    const rig = await rigOf({ hasImages: true })
    await rig.connect(forum, 'eve')
    await pictured(rig)
    forum.clearRequests()
    await rig.restart()
    const { accounts } = await pictured(rig)
    expect(fetched(forum)).toEqual([])
    // Nobody is there, so that nothing but the daily requests is made.
    rig.engine.setPresence({ user: 'locked' })
    await rig.pass(0, [forum])
    rig.clock.advance(86_400_000)
    await rig.until((now) => now.accounts[0]?.icon !== accounts[0]?.icon)
    expect(fetched(forum).map(({ path: asked }) => asked)).toEqual(['/images/icon.png'])
    await rig.engine.stop()
    rig.clock.advance(6 * 86_400_000)
    await rig.restart()
    await expect.poll(() => fetched(forum).filter(({ path: asked }) => asked.includes('avatar'))).toHaveLength(1)
  })

  it('of five accounts on one site delay no list and no count, and come in time', async () => {
    const users = ['ann', 'ben', 'cat', 'dan', 'eda'].map((username) => ({ username }))
    const forum = await forumOf({ users })
    const rig = await rigOf({ hasImages: true })
    for (const { username } of users) {
      await rig.connect(forum, username)
      await rig.pass(20_000, [forum])
    }
    await rig.pass(60_000, [forum])
    await rig.engine.stop()
    rmSync(folderOf(rig), { recursive: true })
    forum.clearRequests()
    await rig.restart()
    await rig.pass(3000, [forum])
    for (const asked of ['/notifications/totals.json', '/notifications.json'])
      expect(forum.requests.filter(({ path: at }) => at === asked).length, asked).toBe(users.length)
    await rig.pass(120_000, [forum])
    await pictured(rig)
  })

  it('go with the account', async () => {
    const forum = await forumOf()
    const rig = await rigOf({ hasImages: true })
    const id = await rig.connect(forum, 'eve')
    const { accounts } = await pictured(rig)
    const link = accounts[0]?.avatar?.slice(imagePrefix.length) ?? ''
    expectOk(await rig.run('account.revoke', { account: id }))
    expect(await rig.engine.image(link)).toBeUndefined()
    expect(readdirSync(folderOf(rig))).toEqual([])
  })

  it('that cannot be fetched are not shown, and nothing else suffers', async () => {
    const forum = await forumOf()
    const rig = await rigOf({ hasImages: true })
    forum.fault({ kind: 'drop', path: '/images/icon.png' })
    await rig.connect(forum, 'eve')
    await rig.until(({ accounts }) => accounts[0]?.avatar != null)
    expect(rig.engine.snapshot()).toMatchObject({ accounts: [{ icon: null, state: { kind: 'fresh' } }], notices: [] })
  })

  it('that somebody has put there are shown only if they are pictures', async () => {
    const forum = await forumOf()
    const rig = await rigOf({ hasImages: true })
    const id = await rig.connect(forum, 'eve')
    await pictured(rig)
    forum.fault({ kind: 'drop', path: '/images/icon.png' })
    forum.fault({ kind: 'drop', path: '/letter_avatar/eve/96/1.png' })
    writeFileSync(path.join(folderOf(rig), `${id}.icon`), '<svg onload="alert(1)"/>')
    await rig.restart()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ icon: null, avatar: expect.any(String) }])
  })

  it('are not fetched where there is no folder for them', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expect(fetched(forum)).toEqual([])
    expect(existsSync(folderOf(rig))).toBe(false)
  })
})
