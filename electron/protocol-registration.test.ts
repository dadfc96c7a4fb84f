import { describe, expect, it } from 'vitest'
import { createProtocolRegistration } from './protocol-registration.ts'
import { AppDouble } from './testing/electron-double.ts'

const setUp = (platform: NodeJS.Platform, script?: string, isUsualProfile = true) => {
  const app = new AppDouble()
  const options = { app, platform, execPath: '/opt/app', script, isUsualProfile }
  return { app, registration: createProtocolRegistration(options) }
}

describe('protocol registration', () => {
  it('puts the guard before the address on Windows', () => {
    const { app, registration } = setUp('win32')
    registration.register()
    expect(app.registered).toEqual({ scheme: 'discourse', path: '/opt/app', args: ['--open-url', '--'] })
  })

  it('names the script during development', () => {
    const { app, registration } = setUp('win32', 'C:\\main.js')
    registration.register()
    expect(app.registered?.args).toEqual(['C:\\main.js', '--open-url', '--'])
  })

  it('needs no arguments elsewhere', () => {
    const { app, registration } = setUp('darwin')
    registration.register()
    expect(app.registered?.args).toEqual([])
  })

  it('makes redirect the usual method once addresses arrive here', () => {
    const { registration } = setUp('linux')
    expect(registration.usualMethod()).toBe('paste')
    registration.register()
    expect(registration.usualMethod()).toBe('redirect')
  })

  it('goes back to paste when another program has taken over', () => {
    const { app, registration } = setUp('linux')
    registration.register()
    app.registered = { scheme: 'discourse', path: '/opt/other', args: [] }
    expect(registration.usualMethod()).toBe('paste')
  })

  it('stays with paste where the system refuses', () => {
    const { app, registration } = setUp('linux')
    app.canRegister = false
    registration.register()
    expect(registration.usualMethod()).toBe('paste')
  })

  it('takes nothing away for another profile', () => {
    const { app, registration } = setUp('linux', undefined, false)
    registration.register()
    expect(app.registered).toBeUndefined()
    expect(registration.usualMethod()).toBe('paste')
  })
})
