import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDouble } from '../testing/electron-double.ts'
import { createOpenAtLogin } from './open-at-login.ts'
import { wasOpenedAtLogin } from './was-opened-at-login.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'login-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const setUp = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}, script?: string) => {
  const app = new AppDouble()
  const options = { app, platform, environment, home, execPath: '/tmp/.mount_x/notifier', script }
  return { app, login: createOpenAtLogin(options) }
}

const entry = (): string => readFileSync(path.join(home, '.config/autostart/discourse-notifier.desktop'), 'utf8')

describe('opening at login', () => {
  it('starts the program itself on Windows, hidden, and respects the Task Manager’s switch', () => {
    const { app, login } = setUp('win32')
    app.onLoginItem = ({ openAtLogin = false }) => {
      app.loginItem = { ...app.loginItem, openAtLogin, executableWillLaunchAtLogin: openAtLogin }
    }
    expect(login?.set(true)).toEqual({ ok: true, value: null })
    expect(app.loginItemTold).toEqual({ openAtLogin: true, path: '/tmp/.mount_x/notifier', args: ['--hidden'] })
    app.loginItem = { ...app.loginItem, executableWillLaunchAtLogin: false }
    expect(login?.isOn()).toBe(false)
  })

  it('says on macOS that the user has to allow it', () => {
    const { app, login } = setUp('darwin')
    app.loginItem = { ...app.loginItem, status: 'requires-approval' }
    expect(login?.set(true)).toEqual({ ok: false, failure: { code: 'login_start_refused' } })
    expect(app.loginItemTold).toEqual({ openAtLogin: true })
  })

  it('reports that the system has not accepted it', () => {
    const failure = { code: 'login_start_failed', params: { reason: 'not taken' } }
    expect(setUp('darwin').login?.set(true)).toEqual({ ok: false, failure })
  })

  it('is an autostart entry on Linux', () => {
    setUp('linux').login?.set(true)
    expect(entry()).toContain('\nExec=/tmp/.mount_x/notifier --hidden\n')
  })

  it('starts the AppImage, not its mount point, and not that of another program', () => {
    setUp('linux', { APPIMAGE: '/home/eve/My Notifier.AppImage', APPDIR: '/tmp/.mount_x' }).login?.set(true)
    expect(entry()).toContain('\nExec="/home/eve/My Notifier.AppImage" --hidden\n')
    setUp('linux', { APPIMAGE: '/home/eve/Terminal.AppImage', APPDIR: '/tmp/.mount_term' }).login?.set(true)
    expect(entry()).toContain('\nExec=/tmp/.mount_x/notifier --hidden\n')
  })

  it.each(['linux', 'darwin', 'win32'] as const)('is not offered during development on %s', (platform) => {
    expect(setUp(platform, {}, '/src/main.js').login).toBeUndefined()
    expect(existsSync(path.join(home, '.config'))).toBe(false)
  })

  it('stays in the tray on macOS, which passes no arguments', () => {
    const { app } = setUp('darwin')
    app.loginItem = { ...app.loginItem, wasOpenedAtLogin: true }
    expect([wasOpenedAtLogin(app, 'darwin'), wasOpenedAtLogin(app, 'win32')]).toEqual([true, false])
  })
})
