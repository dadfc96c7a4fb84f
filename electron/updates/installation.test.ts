import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type InstallationSigns, installationOf, releasesPage } from './installation.ts'

const releases = 'https://github.com/someone/discourse-notifier/releases'
const packaged: InstallationSigns = {
  platform: 'linux',
  isPackaged: true,
  isFromStore: false,
  releases,
  isAppImage: false,
}

describe('how this program was installed', () => {
  it.each<[string, Partial<InstallationSigns>, string]>([
    ['an AppImage replaces itself', { isAppImage: true }, 'self'],
    ['the installer of Windows replaces it', { platform: 'win32' }, 'self'],
    ['macOS replaces it', { platform: 'darwin' }, 'self'],
    ['a deb, an rpm or an archive is brought by something else', {}, 'elsewhere'],
    ['the Store brings its own', { platform: 'win32', isFromStore: true }, 'none'],
    ['a checkout has no versions', { isPackaged: false, isAppImage: true }, 'none'],
    ['a package without a place to look has none', { platform: 'darwin', releases: undefined }, 'none'],
    ['an unknown system has none', { platform: 'freebsd' }, 'none'],
  ])('%s', (_name, signs, expected) => {
    expect(installationOf({ ...packaged, ...signs })).toBe(expected)
  })
})

describe('the page of releases', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'resources-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const written = (text: string): string | undefined => {
    writeFileSync(path.join(folder, 'app-update.yml'), text)
    return releasesPage(folder)
  }

  it('is what electron-builder was told', () => {
    expect(written("owner: someone\nrepo: 'discourse-notifier'\nprovider: github\n")).toBe(releases)
  })

  it('is undefined without that file, or when the file does not name it', () => {
    expect(releasesPage(folder)).toBeUndefined()
    expect(written('owner: a/b\nrepo: c\nprovider: github\n')).toBeUndefined()
    expect(written('provider: generic\nurl: https://evil.example\nowner: a\nrepo: b\n')).toBeUndefined()
  })
})
