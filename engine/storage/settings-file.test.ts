import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import Conf from 'conf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { emptyState } from './saved-state.ts'
import { openSettingsFile } from './settings-file.ts'

// With conf, the library inside electron-store, over a real file.

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notifier-settings-'))
  file = path.join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () =>
  openSettingsFile(
    file,
    () => new Conf({ cwd: folder, configName: 'settings', configFileMode: 0o600 }),
    Date.UTC(2026, 0),
  )

describe('the settings file', () => {
  it('begins empty and gives back what was saved, readable by its owner only', () => {
    const settings = open()
    expect([settings.initial, settings.setAside]).toEqual([emptyState(), undefined])
    const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
    const attempt = {
      id: 'a',
      site,
      apiVersion: 4,
      method: 'paste',
      userCode: null,
      account: null,
      accessDays: null,
      canLimitAccess: false,
      clientId: 'c',
      scopes: ['notifications'],
    } as const
    const state = {
      ...emptyState(),
      attempts: [{ ...attempt, methods: ['paste' as const], scopes: [...attempt.scopes], createdAt: 1, expiresAt: 2 }],
    }
    expect(settings.save(state)).toEqual({ ok: true, value: null })
    expect(open().initial).toEqual(state)
    expect(modeForOthers(file)).toBe(0)
  })

  it('that cannot be understood is kept beside the new one, each time under another name', () => {
    writeFileSync(file, '{"accounts":')
    const { setAside, initial } = open()
    expect(initial).toEqual(emptyState())
    expect(setAside).toEqual({
      code: 'settings_damaged',
      params: { file: path.join(folder, 'settings.damaged-2026-01-01T00-00-00-000Z.json') },
    })
    expect(readFileSync(String(setAside?.params?.['file']), 'utf8')).toBe('{"accounts":')
    expect(readdirSync(folder)).toHaveLength(existsSync(file) ? 2 : 1)
  })

  it('that cannot be written says why', () => {
    const settings = openSettingsFile(
      file,
      () => ({
        get store() {
          return {}
        },
        set store(_) {
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
        },
      }),
      0,
    )
    expect(settings.save(emptyState())).toEqual({
      ok: false,
      failure: { code: 'settings_not_saved', params: { reason: 'ENOSPC', file } },
    })
  })
})
