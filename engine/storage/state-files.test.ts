import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { openStateFiles } from './state-files.ts'

let folder = ''
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'notifier-state-')), 'state')
})
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

describe('state files', () => {
  it('are cleaned of files left half written by a killed process', () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'alerts-1.json.tmp-new'), '{"half')
    writeFileSync(path.join(folder, 'alerts-2.json'), '{}')
    openStateFiles(folder)
    expect(readdirSync(folder)).toEqual(['alerts-2.json'])
  })

  it.skipIf(process.platform === 'win32')('lie in a folder of their owner, whatever the umask', async () => {
    const before = process.umask(0)
    const files = openStateFiles(folder)
    files.write('a', {})
    await files.settled()
    process.umask(before)
    expect(modeForOthers(folder)).toBe(0)
  })

  it('return what was written last, readable by its owner only', async () => {
    const files = openStateFiles(folder)
    expect(files.read('a')).toBeUndefined()
    for (let count = 0; count < 20; count++) files.write('a', { count })
    expect(await files.flush()).toEqual({ ok: true, value: null })
    expect(openStateFiles(folder).read('a')).toEqual({ count: 19 })
    expect(modeForOthers(path.join(folder, 'a.json'))).toBe(0)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('treat a damaged file as missing', () => {
    const files = openStateFiles(path.dirname(folder))
    writeFileSync(path.join(path.dirname(folder), 'a.json'), '{"count":')
    expect(files.read('a')).toBeUndefined()
  })

  it('remove a file for good, even while it is being written', async () => {
    const files = openStateFiles(folder)
    files.write('a', { count: 1 })
    files.remove('a')
    await files.flush()
    expect(existsSync(path.join(folder, 'a.json'))).toBe(false)
  })

  it('stay in their folder, whatever the name', async () => {
    const files = openStateFiles(folder)
    files.write('../../escaped', { count: 1 })
    await files.flush()
    expect(readdirSync(folder)).toEqual(['escaped.json'])
  })

  it('report a folder that is in the way', async () => {
    const files = openStateFiles(path.dirname(folder))
    writeFileSync(path.join(path.dirname(folder), 'file'), '')
    const blocked = openStateFiles(path.join(path.dirname(folder), 'file', 'below'))
    blocked.write('a', {})
    expect(await blocked.flush()).toMatchObject({ failure: { code: 'settings_not_saved' } })
    expect(await files.flush()).toEqual({ ok: true, value: null })
  })
})
