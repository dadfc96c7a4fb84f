import { expect, it } from 'vitest'
import { SessionDouble } from '../testing/electron-double.ts'
import { denyPermissions } from './permissions.ts'

it.each(['notifications', 'clipboard-read', 'media', 'geolocation', 'openExternal'])(
  'the page is denied %s, whether it requests or checks it',
  async (permission) => {
    const session = new SessionDouble()
    denyPermissions(session)
    expect(await session.request(permission)).toBe(false)
    expect(session.check()).toBe(false)
    expect(session.checkDevice()).toBe(false)
  },
)
