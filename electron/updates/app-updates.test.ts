import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Failure } from '../../common/contract/failure.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createAppUpdates } from './app-updates.ts'
import { firstLook } from './update-plan.ts'

const used = vi.hoisted(() => ({ names: [] as string[] }))

vi.mock('electron-updater', () => {
  const updater = (name: string) =>
    class {
      netSession = { setProxy: async () => undefined }
      constructor() {
        used.names.push(name)
      }
      on(): void {
        // Nothing fails here.
      }
      checkForUpdates = async () => ({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })
    }
  return { AppImageUpdater: updater('AppImage'), DebUpdater: updater('deb'), MacUpdater: null, NsisUpdater: null }
})

let resources = ''
beforeEach(() => {
  resources = mkdtempSync(path.join(tmpdir(), 'resources-'))
  writeFileSync(path.join(resources, 'app-update.yml'), 'owner: someone\nrepo: notifier\nprovider: github\n')
  Object.defineProperty(process, 'resourcesPath', { value: resources, configurable: true })
  used.names = []
})
afterEach(() => {
  Reflect.deleteProperty(process, 'resourcesPath')
  rmSync(resources, { recursive: true })
})

/** The code of the notice after the first look for a newer version, which there is. */
const noticeFor = async (environment: NodeJS.ProcessEnv, execPath: string): Promise<string> => {
  const clock = createFakeClock()
  const notices: Failure[] = []
  createAppUpdates({
    ...{ app: { isPackaged: true }, platform: 'linux', policy: { mayUpdate: true, proxy: undefined } },
    ...{ environment, execPath, clock },
  }).start({
    choice: () => 'ask',
    notice: (failure) => {
      notices.push(failure)
      return () => undefined
    },
  })
  clock.advance(firstLook)
  await expect.poll(() => notices).toHaveLength(1)
  return notices[0]?.code ?? ''
}

const image = { APPIMAGE: '/home/eve/Some.AppImage', APPDIR: '/tmp/.mount_some' }

it('an AppImage replaces itself with a newer one', async () => {
  expect(await noticeFor(image, '/tmp/.mount_some/discourse-notifier')).toBe('update_available')
  expect(used.names).toEqual(['AppImage'])
})

it('a package started by an AppImage, which inherits its variables, does not overwrite that AppImage', async () => {
  expect(await noticeFor(image, '/opt/discourse-notifier/discourse-notifier')).toBe('update_elsewhere')
  expect(used.names).toEqual(['deb'])
})
