import { execFile, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { whenEnded } from '../rig/when-ended.ts'
import { type SessionUser, type TrayOnBus, trayOnBus } from './tray-on-bus.ts'

const run = promisify(execFile)

export interface PanelOptions {
  readonly user?: SessionUser
  readonly colour?: PanelColour
}

/** A panel with a tray, on a desktop of the test's own. */
export interface Panel extends Pick<TrayOnBus, 'icons'> {
  /** Ends the panel, as a crash does. */
  stop(): Promise<void>
}

/** The colour of a panel, each part from 0 to 1. */
export interface PanelColour {
  readonly red: number
  readonly green: number
  readonly blue: number
}

const configOf = (colour: PanelColour | undefined): string => `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="28"/>${colour === undefined ? '' : background(colour)}
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
`

const background = ({ red, green, blue }: PanelColour): string => `
      <property name="background-style" type="uint" value="1"/>
      <property name="background-rgba" type="array">
        ${[red, green, blue, 1].map((part) => `<value type="double" value="${part}"/>`).join('')}
      </property>`

/**
 * Starts xfce4-panel with nothing in it but a tray.
 * @param env of the desktop that it is to be in
 * @param home a folder for its files
 */
export const startPanel = async (
  env: NodeJS.ProcessEnv,
  home: string,
  { user, colour }: PanelOptions = {},
): Promise<Panel> => {
  const settings = path.join(home, 'panel')
  const folder = path.join(settings, 'xfce4', 'xfconf', 'xfce-perchannel-xml')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'xfce4-panel.xml'), configOf(colour))
  const own = { ...process.env, ...env, HOME: home, XDG_CONFIG_HOME: settings }
  // The panel's settings come from a program that the bus starts.
  await run('dbus-update-activation-environment', [`XDG_CONFIG_HOME=${settings}`], { env: own, ...user })
  const panel = spawn('xfce4-panel', ['--disable-wm-check'], { env: own, stdio: 'ignore', ...user })

  const { icons, hosted } = trayOnBus(own, user)
  await hosted()
  return {
    icons,
    stop: async () => {
      panel.kill('SIGKILL')
      await whenEnded(panel)
    },
  }
}
