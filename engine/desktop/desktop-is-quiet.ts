import { execFile } from 'node:child_process'
import { openSessionBus } from './session-bus.ts'

/** Milliseconds after which a program has had its time. */
const deadline = 5000
/** The bus is to start no program for our sake (D-Bus specification, “Message Format”, NO_AUTO_START). */
const noAutoStart = 2

const notifications = 'org.freedesktop.Notifications'

/**
 * Where the programs that show notifications say that they are to disturb nobody: KDE Plasma in a property that it has
 * added to the notifications' interface, dunst in one of its own.
 */
const properties = [
  [notifications, 'Inhibited'],
  ['org.dunstproject.cmd0', 'paused'],
] as const

/**
 * Whether the Linux desktop is set to disturb nobody, as far as it says so: over the session bus, and on GNOME, which tells
 * its own settings alone, through `gsettings`. What cannot be asked is not quiet. Never rejects.
 */
export const desktopIsQuiet = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  const answers = await Promise.all([busIsQuiet(environment), gnomeIsQuiet(environment)])
  return answers.includes(true)
}

const busIsQuiet = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  try {
    const bus = openSessionBus(environment)
    if (bus === undefined) return false
    const isTrue = async ([from, name]: (typeof properties)[number]): Promise<boolean> => {
      const value: unknown = await bus
        .invoke<unknown>({
          ...{ destination: notifications, path: '/org/freedesktop/Notifications', flags: noAutoStart },
          ...{ interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss', body: [from, name] },
        })
        .catch(() => false)
      return value === true
    }
    const answers = await Promise.all(properties.map(isTrue))
    bus.connection.end()
    return answers.includes(true)
  } catch {
    return false
  }
}

const gnomeIsQuiet = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  const desktops = (environment['XDG_CURRENT_DESKTOP'] ?? '').split(':')
  if (!desktops.includes('GNOME')) return false
  const args = ['get', 'org.gnome.desktop.notifications', 'show-banners']
  return await new Promise((resolve) => {
    execFile('gsettings', args, { env: environment, timeout: deadline, encoding: 'utf8' }, (error, stdout) =>
      resolve(error === null && stdout.trim() === 'false'),
    )
  })
}
