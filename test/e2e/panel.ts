import { execFile, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'

const run = promisify(execFile)

/** Whom the panel and its session belong to, where that is not who runs the tests. */
export interface SessionUser {
  readonly uid: number
  readonly gid: number
}

export interface PanelOptions {
  readonly user?: SessionUser
  readonly colour?: PanelColour
}

/** A panel with a tray, on a desktop of the test's own. */
export interface Panel {
  /** The icons in its tray, by the names of their programs on the bus. */
  icons(): Promise<readonly TrayItem[]>
  /** Ends the panel, as a crash does. */
  stop(): Promise<void>
}

/** An icon in a tray, as its program tells of it (StatusNotifierItem). */
export interface TrayItem {
  readonly title: unknown
  readonly tooltip: unknown
  /** Whether it has a picture of its own. */
  readonly hasPicture: boolean
  /** That picture, as its program sends it: alpha, red, green and blue of each pixel, row by row. */
  readonly picture: { readonly width: number; readonly height: number; readonly pixels: readonly number[] } | undefined
  /** The labels of its menu, in their order. */
  menu(): Promise<readonly string[]>
  /** Chooses an entry of its menu. */
  choose(label: string): Promise<void>
  /** A click on it. */
  click(): Promise<void>
}

const watcher = 'org.kde.StatusNotifierWatcher'
const itemInterface = 'org.kde.StatusNotifierItem'
const menuInterface = 'com.canonical.dbusmenu'

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

const answerSchema = v.pipe(v.string(), v.parseJson(), v.object({ data: v.unknown() }))

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

  const busctl = async (...words: readonly string[]): Promise<unknown> => {
    const { stdout } = await run('busctl', ['--user', '--json=short', '--', ...words], { env: own, ...user })
    return stdout.trim() === '' ? undefined : v.parse(answerSchema, stdout).data
  }
  const ofWatcher = (name: string) => busctl('get-property', watcher, '/StatusNotifierWatcher', watcher, name)

  const hasHost = async (): Promise<boolean> =>
    (await ofWatcher('IsStatusNotifierHostRegistered').catch(() => false)) === true
  const end = Date.now() + 30_000
  while (!(await hasHost())) {
    if (Date.now() > end) throw new Error('the panel has no tray')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }

  const open = async (address: string): Promise<TrayItem> => {
    const program = address.slice(0, address.indexOf('/'))
    const object = address.slice(address.indexOf('/'))
    const property = (name: string) => busctl('get-property', program, object, itemInterface, name)
    const menuObject = v.parse(v.string(), await property('Menu'))
    const entries = async (): Promise<readonly MenuEntry[]> => {
      const layout = ['GetLayout', 'iias', '0', '-1', '0']
      const answer = v.parse(layoutSchema, await busctl('call', program, menuObject, menuInterface, ...layout))
      return answer[1][2].map(({ data: [id, { label }] }) => ({ id, label: label?.data ?? '-' }))
    }
    const pictures = v.parse(picturesSchema, await property('IconPixmap'))
    return {
      title: await property('Title'),
      tooltip: await property('ToolTip'),
      hasPicture: pictures.length > 0,
      picture: pictures[0],
      menu: async () => (await entries()).map(({ label }) => label),
      choose: async (label) => {
        const found = (await entries()).find((entry) => entry.label === label)
        if (found === undefined) throw new Error(`there is no ${label} in the menu`)
        const event = ['Event', 'isvu', String(found.id), 'clicked', 's', '', '0']
        await busctl('call', program, menuObject, menuInterface, ...event)
      },
      click: async () => void (await busctl('call', program, object, itemInterface, 'Activate', 'ii', '0', '0')),
    }
  }

  return {
    icons: async () => {
      const addresses = v.parse(v.array(v.string()), await ofWatcher('RegisteredStatusNotifierItems'))
      return await Promise.all(addresses.map(open))
    },
    stop: async () => {
      if (panel.exitCode !== null || panel.signalCode !== null) return
      const ended = new Promise((resolve) => panel.once('exit', resolve))
      panel.kill('SIGKILL')
      await ended
    },
  }
}

/** `IconPixmap`, the same picture in the sizes there are. */
const picturesSchema = v.array(
  v.pipe(
    v.tuple([v.number(), v.number(), v.array(v.number())]),
    v.transform(([width, height, pixels]) => ({ width, height, pixels })),
  ),
)

interface MenuEntry {
  readonly id: number
  readonly label: string
}

const entrySchema = v.object({
  data: v.looseTuple([v.number(), v.object({ label: v.optional(v.object({ data: v.string() })) })]),
})
/** The answer of `GetLayout`: a revision, and the menu: its id, its properties, its entries. */
const layoutSchema = v.tuple([v.number(), v.tuple([v.number(), v.unknown(), v.array(entrySchema)])])
