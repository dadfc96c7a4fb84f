import type { ReadProperty } from './desktop-bus.ts'

/**
 * Whether this login session is locked, by what its desktop has told systemd's logind (org.freedesktop.login1(5)); GNOME and
 * KDE Plasma tell it. `auto` is the caller's session, or its user's where it is in none.
 * @param read reads from the system's bus
 * @returns undefined where nobody tells. Never rejects.
 */
export const sessionIsLocked = async (read: ReadProperty): Promise<boolean | undefined> => {
  const hint = await read({
    destination: 'org.freedesktop.login1',
    path: '/org/freedesktop/login1/session/auto',
    interface: 'org.freedesktop.login1.Session',
    name: 'LockedHint',
  })
  return typeof hint === 'boolean' ? hint : undefined
}
