import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import Conf from 'conf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { fc } from '../../test/rig/properties.ts'
import { emptyState, type SavedAccount, type SavedAttempt, type SavedState } from './saved-state.ts'
import {
  type OpenStore,
  openFileStore,
  openProfileSettings,
  openSettingsFile,
  type SettingsFile,
} from './settings-file.ts'

// Over a real file: with conf, the library inside electron-store, and without a library.

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notifier-settings-'))
  file = path.join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const openConf = () => new Conf<Record<string, unknown>>({ cwd: folder, configName: 'settings', configFileMode: 0o600 })
let openStore: OpenStore = openConf
const open = () => openSettingsFile(file, openStore, Date.UTC(2026, 0))
const codes = ({ problems }: SettingsFile) => problems.map(({ code }) => code)
const keptFiles = () => readdirSync(folder).filter((name) => /damaged|newer|before/.test(name))

const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
const account = (id: string, username = id): SavedAccount => ({
  id,
  site,
  username,
  userId: 7,
  clientId: 'c',
  scopes: ['notifications'],
  apiVersion: 4,
  approvedAt: 1,
  expiresAt: null,
  refused: false,
  revoking: false,
})
const attempt: SavedAttempt = {
  id: 'a',
  site,
  apiVersion: 4,
  method: 'paste',
  methods: ['paste'],
  userCode: null,
  account: null,
  accessDays: null,
  payload: null,
  canLimitAccess: false,
  clientId: 'c',
  scopes: ['notifications'],
  createdAt: 1,
  expiresAt: 2,
}
const stateOf = (...ids: string[]): SavedState => ({ ...emptyState(), accounts: ids.map((id) => account(id)) })
/** The ids in a settings file, as far as it is JSON. */
const accountsIn = (text: string): unknown => JSON.parse(text).accounts.map((entry: { id?: unknown }) => entry.id)
const idsIn = ({ initial }: SettingsFile) => initial.accounts.map(({ id }) => id)

describe.each([
  ['a library', openConf],
  ['its own store', openFileStore],
])('the settings file, by %s,', (_, opens) => {
  beforeEach(() => {
    openStore = opens
  })

  it('begins empty and returns what was saved, readable by its owner only', () => {
    const settings = open()
    expect([settings.initial, settings.problems]).toEqual([emptyState(), []])
    const state = { ...stateOf('one'), attempts: [attempt] }
    expect(settings.save(state)).toEqual({ ok: true, value: null })
    expect(open()).toMatchObject({ initial: state, problems: [] })
    for (const name of readdirSync(folder)) expect(modeForOthers(path.join(folder, name))).toBe(0)
  })

  it('is read with a byte-order mark in front, as UTF-8 or UTF-16 (case c08)', () => {
    const text = JSON.stringify(stateOf('one'))
    for (const bytes of [`\uFEFF${text}`, Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      writeFileSync(file, bytes)
      const settings = open()
      expect([idsIn(settings), settings.problems]).toEqual([['one'], []])
      expect(settings.save(stateOf('one', 'two'))).toEqual({ ok: true, value: null })
      expect(idsIn(open())).toEqual(['one', 'two'])
    }
  })

  it.each([
    ['NUL bytes', '\0'.repeat(400)],
    ['nothing', ''],
    ['half of it', '{"version":1,"accounts":['],
    ['another kind of JSON', '[]'],
    ['no accounts', '{"version":1}'],
  ])('that holds %s is kept, and the last good copy is used (case c08)', (_, damage) => {
    const settings = open()
    settings.save(stateOf('one'))
    settings.save(stateOf('one', 'two'))
    writeFileSync(file, damage)
    const read = open()
    // The copy is one saving older than the file.
    expect(idsIn(read)).toEqual(['one'])
    expect(read.problems).toMatchObject([{ code: 'settings_from_copy' }])
    expect(readFileSync(String(read.problems[0]?.params?.['file']), 'utf8')).toBe(damage)
    // A start that was cut off now changes nothing.
    expect(open()).toMatchObject({ initial: { accounts: [{ id: 'one' }] }, problems: [] })
  })

  it('that cannot be understood is kept beside the new one when there is no backup', () => {
    writeFileSync(file, '{"accounts":')
    const { problems, initial } = open()
    expect(initial).toEqual(emptyState())
    expect(problems).toEqual([
      {
        code: 'settings_damaged',
        params: { file: path.join(folder, 'settings.damaged-2026-01-01T00-00-00-000Z.json') },
      },
    ])
    expect(readFileSync(String(problems[0]?.params?.['file']), 'utf8')).toBe('{"accounts":')
  })

  it('loses only what cannot be read: one bad account does not affect the others', () => {
    const odd = [
      null,
      7,
      {},
      { ...account('x'), site: { ...site, base: 'nonsense' } },
      { ...account('y'), approvedAt: 'x' },
    ]
    const accounts = [account('one'), ...odd, account('two')]
    writeFileSync(file, JSON.stringify({ ...emptyState(), accounts, attempts: [attempt, {}], preferences: 5 }))
    const settings = open()
    expect(idsIn(settings)).toEqual(['one', 'two'])
    expect(settings.initial.attempts).toEqual([attempt])
    expect(settings.problems).toMatchObject([{ code: 'settings_incomplete', params: { count: 6 } }])
    expect(keptFiles()).toHaveLength(1)
  })

  it.each(['__proto__', 'constructor', 'toString', 'a/b', '..', 'a\nb', 'x'.repeat(65)])(
    'leaves out an account whose id names something else (%j), and no other',
    (id) => {
      const accounts = [
        JSON.stringify(account('one')),
        JSON.stringify(account('@@')).replace('"@@"', JSON.stringify(id)),
      ]
      writeFileSync(file, `{"version":1,"__proto__":{"accounts":[]},"accounts":[${accounts.join(',')}],"attempts":[]}`)
      const settings = open()
      expect(idsIn(settings)).toEqual(['one'])
      expect(settings.problems).toMatchObject([{ code: 'settings_incomplete', params: { count: 1 } }])
    },
  )

  it('of a newer version is reported, used as far as it is understood, and kept', () => {
    const text = JSON.stringify({ ...stateOf('one'), version: 2, later: true })
    writeFileSync(file, text)
    const settings = open()
    expect(idsIn(settings)).toEqual(['one'])
    expect(codes(settings)).toEqual(['settings_newer'])
    settings.save(stateOf('one'))
    expect(readFileSync(String(settings.problems[0]?.params?.['file']), 'utf8')).toBe(text)
  })

  it('with two accounts with the same id uses the first and reports the other', () => {
    const accounts = [account('one', 'eve'), account('one', 'bob'), account('two')]
    writeFileSync(file, JSON.stringify({ ...emptyState(), accounts }))
    const settings = open()
    expect(settings.initial.accounts.map(({ username }) => username)).toEqual(['eve', 'two'])
    expect(settings.problems).toMatchObject([
      { code: 'settings_duplicate', params: { username: 'bob', host: 'meta.example' } },
    ])
  })

  it('with more entries than anybody has is read as far as that, and the others are counted', () => {
    const accounts = [...Array(3000).keys()].map((number) => account(`a${number}`))
    writeFileSync(file, JSON.stringify({ ...emptyState(), accounts: [...accounts, ...Array(50_000).fill({})] }))
    const settings = open()
    expect(idsIn(settings)).toHaveLength(2000)
    expect(settings.problems).toMatchObject([{ code: 'settings_incomplete', params: { count: 51_000 } }])
    expect(keptFiles()).toHaveLength(1)
  })

  it('with one id a thousand times names five, and counts the others', () => {
    writeFileSync(file, JSON.stringify({ ...emptyState(), accounts: Array(1000).fill(account('one')) }))
    const settings = open()
    expect(idsIn(settings)).toEqual(['one'])
    expect(codes(settings)).toEqual(['settings_incomplete', ...Array(5).fill('settings_duplicate')])
    expect(settings.problems).toMatchObject([{ params: { count: 994 } }, ...Array(5).fill({})])
  })

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('whose unknown preferences are %s without end loses them alone, and can be written', (_what, open_, close) => {
    const deep = `${open_.repeat(200_000)}1${close.repeat(200_000)}`
    const preferences = `{"later":${deep},"general":{"refreshSeconds":77,"later":${deep}},"accounts":{"one":{"later":${deep}}}}`
    writeFileSync(file, JSON.stringify(stateOf('one')).replace(/"preferences":\{.*\}/, `"preferences":${preferences}}`))
    const settings = open()
    expect(idsIn(settings)).toEqual(['one'])
    expect(settings.initial.preferences.general.refreshSeconds).toBe(77)
    expect(settings.save(settings.initial)).toEqual({ ok: true, value: null })
    expect(idsIn(open())).toEqual(['one'])
  })

  it.each([
    ['http://forum.example\\\\@evil.example/', 'http://forum.example/@evil.example'],
    ['https://me:secret@forum.example/talk/', 'https://forum.example/talk'],
    ['HTTPS://Forum.Example:443/a\\u0009b?x#y', 'https://forum.example/ab'],
  ])('has URLs as a browser parses them: %s', (written, read) => {
    writeFileSync(file, JSON.stringify(stateOf('one')).replace(site.base, written))
    expect(open().initial.accounts.map(({ site: { base } }) => base)).toEqual([read])
  })

  it('removes files left half written by a killed process', () => {
    open().save(stateOf('one'))
    writeFileSync(`${file}.tmp-1234567890abcdef`, 'half')
    writeFileSync(path.join(folder, 'mine.txt'), 'mine')
    open()
    expect(readdirSync(folder).filter((name) => name.includes('.tmp-'))).toEqual([])
    expect(existsSync(path.join(folder, 'mine.txt'))).toBe(true)
  })

  it('that is too large to be ours is set aside, and the last good copy is used', () => {
    const settings = open()
    settings.save(stateOf('one'))
    settings.save(stateOf('one'))
    truncateSync(file, 2 ** 32)
    const again = open()
    expect([idsIn(again), codes(again)]).toEqual([['one'], ['settings_from_copy']])
  })

  it.skipIf(process.platform === 'win32').each([
    ['a pipe', 'ENOTFILE', () => execFileSync('mkfifo', [file])],
    ['a folder', 'ENOTFILE', () => mkdirSync(file)],
    ['a link to a device', 'ENOTFILE', () => symlinkSync('/dev/zero', file)],
    ['a link that leads nowhere', 'ENOENT', () => symlinkSync(path.join(folder, 'nowhere'), file)],
    ['a link that leads to itself', 'ELOOP', () => symlinkSync(file, file)],
  ])('that is %s is refused and left as it is; moved away, the last good copy is used', (_, reason, put) => {
    const settings = open()
    settings.save(stateOf('one'))
    settings.save(stateOf('one'))
    rmSync(file)
    put()
    const { ino, mtimeMs } = lstatSync(file)
    expect(openProfileSettings(folder, openStore, 0)).toEqual({
      ok: false,
      failure: { code: 'settings_unreadable', params: { file, reason } },
    })
    expect(lstatSync(file)).toMatchObject({ ino, mtimeMs })
    renameSync(file, path.join(folder, 'moved'))
    const again = open()
    expect([idsIn(again), codes(again)]).toEqual([['one'], ['settings_missing']])
    // A start that was cut off now changes nothing.
    expect([idsIn(open()), codes(open())]).toEqual([['one'], []])
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('that may not be read is refused', () => {
    open().save(stateOf('one'))
    chmodSync(file, 0)
    expect(openProfileSettings(folder, openStore, 0)).toMatchObject({
      failure: { code: 'settings_unreadable', params: { reason: 'EACCES' } },
    })
  })

  it('that cannot be written is reported with the reason', () => {
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

  it('damaged anywhere is opened and reported, and never loses a readable backup', () => {
    const text = JSON.stringify({ ...stateOf('one', 'two'), attempts: [attempt] })
    const damage = fc.oneof(
      fc.record({ at: fc.nat(text.length), with: fc.string({ maxLength: 8 }), drop: fc.nat(text.length) }),
      fc.record({ at: fc.nat(text.length), with: fc.constant('\0'.repeat(64)), drop: fc.constant(64) }),
    )
    fc.assert(
      fc.property(damage, ({ at, with: put, drop }) => {
        for (const name of readdirSync(folder)) rmSync(path.join(folder, name))
        const settings = open()
        settings.save(stateOf('copy'))
        settings.save(stateOf('copy', 'later'))
        const damaged = text.slice(0, at) + put + text.slice(at + drop)
        writeFileSync(file, damaged)
        const read = open()
        const ids = idsIn(read)
        expect(new Set(ids).size).toBe(ids.length)
        if (codes(read).includes('settings_from_copy')) expect(ids).toEqual(['copy'])
        // Damage that leaves good entries behind is no damage to see.
        else if (read.problems.length === 0) expect(ids).toEqual(accountsIn(damaged))
        for (const { params } of read.problems)
          expect(readFileSync(String(params?.['file']), 'utf8')).toBe(Buffer.from(damaged).toString('utf8'))
        expect(read.save(read.initial).ok).toBe(true)
        expect(open()).toMatchObject({ initial: read.initial, problems: [] })
      }),
      { numRuns: 75 },
    )
  })

  it('of any JSON is opened without an exception, and everything in it is bounded', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 3 }), (whole, entry) => {
        for (const json of [
          whole,
          { version: 1, accounts: [entry, account('one')], attempts: entry, removed: entry },
        ]) {
          for (const name of readdirSync(folder)) rmSync(path.join(folder, name))
          writeFileSync(file, JSON.stringify(json))
          for (const {
            id,
            site: { base },
          } of open().initial.accounts)
            expect([id.length < 65, URL.canParse(base)]).toEqual([true, true])
        }
      }),
      { numRuns: 75 },
    )
    expect(statSync(folder).isDirectory()).toBe(true)
  })
})

describe('its own store', () => {
  it('writes the same bytes as the library', () => {
    const written = [openConf, openFileStore].map((opens) => {
      openSettingsFile(file, opens, 0).save(stateOf('one'))
      return readFileSync(file, 'utf8')
    })
    expect(written[1]).toBe(written[0])
  })

  it.skipIf(process.platform === 'win32')('keeps a symbolic link, and writes to its target', () => {
    const elsewhere = path.join(folder, 'dotfiles.json')
    writeFileSync(elsewhere, JSON.stringify(stateOf('one')))
    symlinkSync(elsewhere, file)
    const settings = openSettingsFile(file, openFileStore, 0)
    expect(settings.save(stateOf('one', 'two'))).toEqual({ ok: true, value: null })
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(accountsIn(readFileSync(elsewhere, 'utf8'))).toEqual(['one', 'two'])
  })

  it('reports a missing folder', () => {
    const missing = path.join(folder, 'missing')
    expect(openProfileSettings(missing, openFileStore, 0)).toEqual({
      ok: false,
      failure: { code: 'profile_unusable', params: { path: missing, reason: 'ENOENT' } },
    })
  })
})
