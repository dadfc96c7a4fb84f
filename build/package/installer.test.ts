import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCacheFolder } from '../../engine/storage/code-cache.ts'
import { onPath } from '../../test/system-parts.mjs'
import { appId, packageConfig } from './package-config.mjs'

const file = path.join(import.meta.dirname, 'installer.nsh')
const script = readFileSync(file, 'utf8')

/** A minimal uninstaller around the script, with the definitions that electron-builder's provides. */
const around = (output: string): string => `
!include LogicLib.nsh
!define isUpdated '"$0" == "1"'
!define APP_ID "${appId}"
OutFile "${output}"
!include "${file}"
Section
  WriteUninstaller "$EXEDIR\\un.exe"
SectionEnd
Section "un.install"
  !insertmacro customUnInstall
SectionEnd
`

describe('the uninstaller for Windows', () => {
  it('is part of the configuration, and deletes no app data', () => {
    const { nsis } = packageConfig({ platform: 'win32', flavour: 'release', repository: undefined, env: {} })
    expect(nsis).toMatchObject({
      include: 'build/package/installer.nsh',
      oneClick: true,
      deleteAppDataOnUninstall: false,
    })
  })

  it('removes the URL scheme and the login item under the names they were registered with', () => {
    expect(script).toContain('HKCU "Software\\Classes\\discourse"')
    expect(script).toMatch(/CurrentVersion\\Run" "\$\{APP_ID\}"/)
    const registration = readFileSync(
      path.join(import.meta.dirname, '..', '..', 'electron', 'links', 'link-handler.ts'),
      'utf8',
    )
    expect(registration).toContain("const scheme = 'discourse'")
  })

  it('removes the code cache from its folder', () => {
    const folder = codeCacheFolder('win32', { LOCALAPPDATA: '$LOCALAPPDATA' }, '')?.replaceAll('/', '\\')
    expect(script).toContain(`RMDir /r "${folder}"`)
  })

  it.skipIf(!onPath('makensis'))('compiles with NSIS (needs makensis)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nsis-'))
    writeFileSync(path.join(folder, 'try.nsi'), around(path.join(folder, 'try.exe')))
    // -WX: a warning is a failure.
    const { status, stdout, stderr } = spawnSync('makensis', ['-V2', '-WX', path.join(folder, 'try.nsi')], {
      encoding: 'utf8',
    })
    expect(`${stdout}${stderr}`).toBe('')
    expect(status).toBe(0)
    rmSync(folder, { recursive: true })
  })
})
