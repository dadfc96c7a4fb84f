import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openProfile } from './profile.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notifier-profile-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (name: string): number => statSync(name).mode & 0o777

describe.skipIf(process.platform === 'win32')('the folder of a profile', () => {
  it('is created for its owner only', () => {
    const profile = path.join(folder, 'new', 'profile')
    expect(openProfile(profile)).toEqual({ ok: true, value: { wasOpen: false } })
    expect(modeOf(profile)).toBe(0o700)
  })

  it('loses write permission for others', () => {
    chmodSync(folder, 0o777)
    expect(openProfile(folder)).toEqual({ ok: true, value: { wasOpen: true } })
    expect(modeOf(folder)).toBe(0o755)
  })

  it('loses it in its own folders and files, too', () => {
    const own = ['state', 'images', 'log', 'crashes']
    for (const name of [...own, 'other']) {
      mkdirSync(path.join(folder, name))
      chmodSync(path.join(folder, name), 0o777)
    }
    writeFileSync(path.join(folder, 'settings.json'), '')
    chmodSync(path.join(folder, 'settings.json'), 0o666)
    expect(openProfile(folder)).toEqual({ ok: true, value: { wasOpen: true } })
    expect(own.map((name) => modeOf(path.join(folder, name)))).toEqual([0o755, 0o755, 0o755, 0o755])
    expect(modeOf(path.join(folder, 'settings.json'))).toBe(0o644)
    expect(modeOf(path.join(folder, 'other'))).toBe(0o777)
    expect(openProfile(folder)).toEqual({ ok: true, value: { wasOpen: false } })
  })

  it('that cannot be created is reported with the reason', () => {
    for (const [profile, reason] of [
      ['/proc/notifier', 'ENOENT'],
      ['/dev/null/profile', 'ENOTDIR'],
    ])
      expect(openProfile(String(profile))).toMatchObject({ failure: { code: 'profile_unusable', params: { reason } } })
  })

  it.skipIf(process.getuid?.() === 0)('of another user is refused', () => {
    expect(openProfile('/usr')).toMatchObject({ failure: { params: { reason: 'owned by another user' } } })
  })
})
