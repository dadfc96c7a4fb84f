import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { profileName } from './profile.ts'
import { openProfileId } from './profile-id.ts'

let folder = ''
let profile = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'notifier-profile-')))
  profile = path.join(folder, 'profile')
  mkdirSync(profile)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the id of a profile', () => {
  it('exists from the first start, and is readable by its owner only', () => {
    const { id, formerIds } = openProfileId(profile)
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(formerIds).toEqual([])
    expect(openProfileId(profile).id).toBe(id)
    expect(modeForOthers(path.join(profile, 'profile.json'))).toBe(0)
    const other = path.join(folder, 'other')
    mkdirSync(other)
    expect(openProfileId(other).id).not.toBe(id)
  })

  it.each(['', 'null', '{"id":"', '\u0000'.repeat(70), '<!doctype html>'])(
    'survives damage to its file: %j',
    (text) => {
      writeFileSync(path.join(profile, 'settings.json'), '{}')
      const { id } = openProfileId(profile)
      for (const name of ['profile.json', 'profile.copy.json', 'profile.json']) {
        writeFileSync(path.join(profile, name), text)
        expect(openProfileId(profile)).toEqual({ id, formerIds: [] })
      }
      // Moved together with the damage.
      writeFileSync(path.join(profile, 'profile.json'), text)
      const moved = path.join(folder, 'moved')
      renameSync(profile, moved)
      expect(openProfileId(moved).id).toBe(id)
    },
  )

  it.skipIf(process.platform === 'win32')('is written through no link that stands in the way', () => {
    const other = path.join(folder, 'other')
    writeFileSync(other, 'not ours')
    for (const name of ['profile.json.new', 'profile.copy.json.new', 'profile.copy.json'])
      symlinkSync(other, path.join(profile, name))
    const { id } = openProfileId(profile)
    expect(openProfileId(profile).id).toBe(id)
    expect(readFileSync(other, 'utf8')).toBe('not ours')
  })

  it('gets a second file in a profile that has only one', () => {
    const { id } = openProfileId(profile)
    rmSync(path.join(profile, 'profile.copy.json'))
    openProfileId(profile)
    rmSync(path.join(profile, 'profile.json'))
    expect(openProfileId(profile).id).toBe(id)
  })

  it('is the same where its folder is mounted a second time', ({ skip }) => {
    const { id } = openProfileId(profile)
    const again = path.join(folder, 'again')
    mkdirSync(again)
    const run = (program: string, ...words: string[]) => spawnSync(program, words, { stdio: 'ignore' }).status === 0
    if (process.platform !== 'linux' || !run('mount', '--bind', profile, again)) skip('nothing can be mounted here')
    try {
      for (const one of [again, profile, again]) expect(openProfileId(one)).toEqual({ id, formerIds: [] })
    } finally {
      run('umount', again)
    }
  })

  it('is the same through a symbolic link and another spelling', () => {
    const { id } = openProfileId(profile)
    const link = path.join(folder, 'link')
    symlinkSync(profile, link)
    expect(openProfileId(link).id).toBe(id)
    expect(openProfileId(`${folder}/./other/../profile/`).id).toBe(id)
    expect(profileName(link)).toBe(profileName(profile))
  })

  it('moves with the profile, and a new profile in the old place gets another', () => {
    const { id } = openProfileId(profile)
    const moved = path.join(folder, 'moved')
    renameSync(profile, moved)
    expect(openProfileId(moved).id).toBe(id)
    mkdirSync(profile)
    expect(openProfileId(profile).id).not.toBe(id)
    expect(openProfileId(moved).id).toBe(id)
  })

  it('differs for a copy: two profiles never share their keys', () => {
    const { id } = openProfileId(profile)
    const copy = path.join(folder, 'copy')
    cpSync(profile, copy, { recursive: true })
    const copied = openProfileId(copy).id
    expect(copied).not.toBe(id)
    expect(openProfileId(copy).id).toBe(copied)
    expect(openProfileId(profile).id).toBe(id)
  })

  it('of a profile from before there were ids is the name of its keychain item', () => {
    writeFileSync(path.join(profile, 'settings.json'), '{}')
    const link = path.join(folder, 'link')
    symlinkSync(profile, link)
    const { id, formerIds } = openProfileId(link)
    expect(id).toBe(profileName(profile))
    // Opened by the link before, its item had the link's name.
    expect(formerIds).toHaveLength(1)
    expect(openProfileId(profile)).toEqual({ id, formerIds: [] })
  })

  it('that is damaged is replaced like a missing one', () => {
    writeFileSync(path.join(profile, 'settings.json'), '{}')
    for (const text of ['', '{}', '[]', '{"id":"../../x","path":"/"}']) {
      writeFileSync(path.join(profile, 'profile.json'), text)
      expect(openProfileId(profile).id).toBe(profileName(profile))
    }
  })
})
