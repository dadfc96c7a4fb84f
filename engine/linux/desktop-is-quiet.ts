import { execFile } from 'node:child_process'
import type { PropertyName, ReadProperty } from './desktop-bus.ts'
import { isGnome } from './is-gnome.ts'

/** Milliseconds after which a program has had its time. */
const deadline = 5000
const notifications = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications' }

/**
 * Where the programs that show notifications say that they are to disturb nobody: KDE Plasma in a property that it has
 * added to the notifications' interface, dunst in one of its own.
 */
const properties: readonly PropertyName[] = [
  { ...notifications, interface: 'org.freedesktop.Notifications', name: 'Inhibited' },
  { ...notifications, interface: 'org.dunstproject.cmd0', name: 'paused' },
]

/**
 * Whether the Linux desktop is set to disturb nobody, as far as it says so: over the session bus, and on GNOME, which tells
 * its own settings alone, through `gsettings`. What cannot be asked is not quiet. Never rejects.
 */
export const desktopIsQuiet = async (environment: NodeJS.ProcessEnv, read: ReadProperty): Promise<boolean> => {
  const answers = await Promise.all([...properties.map(read), gnomeIsQuiet(environment)])
  return answers.includes(true)
}

const gnomeIsQuiet = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  if (!isGnome(environment)) return false
  const args = ['get', 'org.gnome.desktop.notifications', 'show-banners']
  return await new Promise((resolve) => {
    execFile('gsettings', args, { env: environment, timeout: deadline, encoding: 'utf8' }, (error, stdout) =>
      resolve(error === null && stdout.trim() === 'false'),
    )
  })
}
