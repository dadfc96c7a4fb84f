import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeHome } from '../../test/rig/remove-home.ts'
import { withDisplay } from '../../test/rig/with-display.ts'
import { onPath } from '../../test/system-parts.mjs'
import { AppDouble } from '../testing/electron-double.ts'
import { createLinkHandler } from './link-handler.ts'

const appName = 'Discourse Notifier'
const failed = (reason: string) => ({ ok: false, failure: { code: 'handler_failed', params: { reason } } })

describe.each(['win32', 'darwin'] as const)('forums’ links on %s', (platform) => {
  const setUp = (script?: string) => {
    const app = new AppDouble()
    const options = { app, platform, environment: {}, home: '/home/eve', execPath: '/opt/app', script, appName }
    return { app, handler: createLinkHandler(options) }
  }

  it('belong to nobody, then to us, then to nobody again', async () => {
    const { app, handler } = setUp()
    expect(await handler.owner()).toEqual({ kind: 'nobody' })
    expect(handler.defaultMethod()).toBe('paste')
    expect(await handler.set(true)).toEqual({ ok: true, value: null })
    expect([await handler.owner(), handler.defaultMethod()]).toEqual([{ kind: 'ours' }, 'redirect'])
    expect(app.registered?.scheme).toBe('discourse')
    expect(await handler.set(false)).toEqual({ ok: true, value: null })
    expect([await handler.owner(), handler.defaultMethod()]).toEqual([{ kind: 'nobody' }, 'paste'])
  })

  it('have the guard before the address on Windows, where the system pastes it into a command', async () => {
    const { app, handler } = setUp('main.js')
    await handler.set(true)
    expect(app.registered?.args).toEqual(platform === 'win32' ? ['main.js', '--open-url', '--'] : ['main.js'])
  })

  it('belong to another program, which is named, until the user asks for them', async () => {
    const { app, handler } = setUp()
    app.otherOwner = 'DiscourseHub'
    expect(await handler.owner()).toEqual({ kind: 'other', name: 'DiscourseHub' })
    expect(app.registered).toBeUndefined()
    await handler.set(true)
    expect(await handler.owner()).toEqual({ kind: 'ours' })
  })

  it('are free where an earlier copy of this program has them', async () => {
    const { app, handler } = setUp()
    app.registered = { scheme: 'discourse', path: '/old/app', args: [] }
    expect(await handler.owner()).toEqual({ kind: 'nobody' })
    expect(handler.defaultMethod()).toBe('paste')
  })

  it('go back to pasting when another program has taken over', async () => {
    const { app, handler } = setUp()
    await handler.set(true)
    app.registered = { scheme: 'discourse', path: '/opt/other', args: [] }
    app.registeredName = 'Other'
    expect(await handler.owner()).toEqual({ kind: 'other', name: 'Other' })
    expect(handler.defaultMethod()).toBe('paste')
  })

  it('stay where they are when the system refuses, with a message', async () => {
    const { app, handler } = setUp()
    app.canRegister = false
    expect(await handler.set(true)).toEqual(failed('not taken'))
    expect(handler.defaultMethod()).toBe('paste')
  })
})

let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'links-'))
})
afterEach(() => removeHome(home))

const entryFile = () => path.join(home, 'data', 'applications', 'discourse-notifier-app-url.desktop')

const onLinux = (
  changes: NodeJS.ProcessEnv = {},
  execPath = '/opt/Discourse Notifier/discourse-notifier',
  script?: string,
) => {
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_DIRS: path.join(home, 'shared'),
    ...changes,
  }
  const options = { app: new AppDouble(), platform: 'linux', environment, home, execPath, script } as const
  return { environment, handler: createLinkHandler({ ...options, appName }) }
}

const install = (folder: string, entry: string, name: string): void => {
  mkdirSync(path.join(home, folder, 'applications'), { recursive: true })
  mkdirSync(path.join(home, 'config'), { recursive: true })
  const text = `[Desktop Entry]\nType=Application\nName=${name}\nExec=true %u\nMimeType=x-scheme-handler/discourse;\n`
  writeFileSync(path.join(home, folder, 'applications', entry), text)
}

// xdg-mime 1.1.3 splits its folders' names at spaces.
const isForXdgMime = onPath('xdg-mime') && !/\s/.test(tmpdir())

describe.skipIf(!isForXdgMime)('forums’ links on Linux, by the real xdg-mime', () => {
  const makeDefault = (entry: string, environment: NodeJS.ProcessEnv): void => {
    execFileSync('xdg-mime', ['default', entry, 'x-scheme-handler/discourse'], { env: environment })
  }

  it('belong to nobody, then to us, then to nobody again', async () => {
    const { handler } = onLinux()
    expect(await handler.owner()).toEqual({ kind: 'nobody' })
    expect(await handler.set(true)).toEqual({ ok: true, value: null })
    expect([await handler.owner(), handler.defaultMethod()]).toEqual([{ kind: 'ours' }, 'redirect'])
    expect(readFileSync(entryFile(), 'utf8')).toContain(
      '\nExec="/opt/Discourse Notifier/discourse-notifier" --open-url -- %u\n',
    )
    expect(await handler.set(false)).toEqual({ ok: true, value: null })
    expect([await handler.owner(), existsSync(entryFile())]).toEqual([{ kind: 'nobody' }, false])
  })

  it('belong to another program, by its name, and go back to it', async () => {
    const { environment, handler } = onLinux()
    install('shared', 'org.other.App.desktop', 'Other App')
    makeDefault('org.other.App.desktop', environment)
    expect(await handler.owner()).toEqual({ kind: 'other', name: 'Other App' })
    expect(handler.defaultMethod()).toBe('paste')
    await handler.set(true)
    expect(await handler.owner()).toEqual({ kind: 'ours' })
    await handler.set(false)
    expect(await handler.owner()).toEqual({ kind: 'other', name: 'Other App' })
  })

  it('are ours through the package’s own entry, which an AppImage does not have', async () => {
    const { environment, handler } = onLinux()
    install('shared', 'discourse-notifier.desktop', appName)
    makeDefault('discourse-notifier.desktop', environment)
    expect(await handler.owner()).toEqual({ kind: 'ours' })
    const appImage = { APPIMAGE: '/home/eve/Notifier.AppImage', APPDIR: '/tmp/.mount_x' }
    expect(await onLinux(appImage, '/tmp/.mount_x/discourse-notifier').handler.owner()).toEqual({ kind: 'nobody' })
  })

  it('are given up where only the package has them, in a way that desktops understand, and taken again', async () => {
    const { environment, handler } = onLinux()
    install('shared', 'discourse-notifier.desktop', appName)
    const cache = '[MIME Cache]\nx-scheme-handler/discourse=discourse-notifier.desktop;\n'
    writeFileSync(path.join(home, 'shared', 'applications', 'mimeinfo.cache'), cache)
    const byGio = (): boolean =>
      onPath('gio') &&
      /^Default application.*: discourse-notifier\.desktop$/m.test(
        execFileSync('gio', ['mime', 'x-scheme-handler/discourse'], {
          env: { ...environment, LC_ALL: 'C.UTF-8' },
          encoding: 'utf8',
        }),
      )
    expect([await handler.owner(), byGio()]).toEqual([{ kind: 'ours' }, onPath('gio')])
    expect(await handler.set(false)).toEqual({ ok: true, value: null })
    expect([await handler.owner(), handler.defaultMethod(), byGio()]).toEqual([{ kind: 'nobody' }, 'paste', false])
    // A later start finds the same; another program's package is not affected.
    expect(await onLinux().handler.owner()).toEqual({ kind: 'nobody' })
    expect(readFileSync(path.join(home, 'config', 'mimeapps.list'), 'utf8')).toBe(
      '[Removed Associations]\nx-scheme-handler/discourse=discourse-notifier.desktop;\n',
    )
    expect(await handler.set(true)).toEqual({ ok: true, value: null })
    expect(await handler.owner()).toEqual({ kind: 'ours' })
    expect(readFileSync(path.join(home, 'config', 'mimeapps.list'), 'utf8')).not.toContain(
      '=discourse-notifier.desktop',
    )
  })

  it('are given up for good where the package was chosen by name', async () => {
    const { environment, handler } = onLinux()
    install('shared', 'discourse-notifier.desktop', appName)
    writeFileSync(
      path.join(home, 'shared', 'applications', 'mimeinfo.cache'),
      '[MIME Cache]\nx-scheme-handler/discourse=discourse-notifier.desktop;\n',
    )
    makeDefault('discourse-notifier.desktop', environment)
    await handler.set(true)
    expect(await handler.set(false)).toEqual({ ok: true, value: null })
    expect(await handler.owner()).toEqual({ kind: 'nobody' })
  })

  it('of an installed program are not changed by a run from a checkout', async () => {
    await onLinux({}, '/opt/discourse-notifier/discourse-notifier').handler.set(true)
    const before = readFileSync(entryFile(), 'utf8')
    onLinux({}, '/checkout/electron', '/checkout/main.js')
    expect(readFileSync(entryFile(), 'utf8')).toBe(before)
  })

  it('follow an AppImage that has moved, and nothing is written unless the user asked', async () => {
    const from = (place: string) => onLinux({ APPIMAGE: place, APPDIR: '/tmp/.mount_x' }, '/tmp/.mount_x/app').handler
    from('/home/eve/Notifier.AppImage')
    expect(existsSync(entryFile())).toBe(false)
    await from('/home/eve/Notifier.AppImage').set(true)
    expect(readFileSync(entryFile(), 'utf8')).toContain('\nExec=/home/eve/Notifier.AppImage --open-url -- %u\n')
    const moved = from('/home/eve/Apps/$& Notifier.AppImage')
    expect(readFileSync(entryFile(), 'utf8')).toContain(
      'Exec="/home/eve/Apps/\\\\$& Notifier.AppImage" --open-url -- %u',
    )
    expect(await moved.owner()).toEqual({ kind: 'ours' })
  })

  it.skipIf(!onPath('Xvfb') || !onPath('xdg-open'))('reach the program as one argument after the guard', async () => {
    const program = path.join(home, 'program')
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${home}/arguments'\n`)
    chmodSync(program, 0o755)
    const { environment, handler } = onLinux({}, program)
    await handler.set(true)
    const url = 'discourse://auth_redirect?payload=a%2Bb&c=$(id)'
    execFileSync('bash', ['-c', withDisplay, 'bash', 'xdg-open', url], { env: environment })
    const file = path.join(home, 'arguments')
    const words = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
    await expect.poll(words).toBe(`--open-url\n--\n${url}\n`)
  })
})

describe.skipIf(process.platform === 'win32')('forums’ links on a Linux without xdg-mime', () => {
  it('belong to nobody, and cannot be taken', async () => {
    const { handler } = onLinux({ PATH: home })
    expect(await handler.owner()).toEqual({ kind: 'nobody' })
    expect(await handler.set(true)).toEqual(failed('xdg-mime is not installed'))
    expect(handler.defaultMethod()).toBe('paste')
  })

  it('belong to a program whose entry is gone, under its file’s name', async () => {
    const program = path.join(home, 'xdg-mime')
    writeFileSync(program, '#!/bin/sh\necho org.gone.App.desktop\n')
    chmodSync(program, 0o755)
    expect(await onLinux({ PATH: `${home}:/usr/bin:/bin` }).handler.owner()).toEqual({
      kind: 'other',
      name: 'org.gone.App',
    })
  })
})
