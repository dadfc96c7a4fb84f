import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as v from 'valibot'

const run = promisify(execFile)

/** Whom a session belongs to, where that is not who runs the tests. */
export interface SessionUser {
  readonly uid: number
  readonly gid: number
}

/** The tray of a session, as its programs and its host know it on the session bus. */
export interface TrayOnBus {
  /** The icons in it, by the names of their programs on the bus. */
  icons(): Promise<readonly TrayItem[]>
  /** Resolves when there is something that shows icons; rejects after a minute without. */
  hosted(): Promise<void>
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

const answerSchema = v.pipe(v.string(), v.parseJson(), v.object({ data: v.unknown() }))

/** @param env with the address of the session's bus */
export const trayOnBus = (env: NodeJS.ProcessEnv, user?: SessionUser): TrayOnBus => {
  const busctl = async (...words: readonly string[]): Promise<unknown> => {
    const { stdout } = await run('busctl', ['--user', '--json=short', '--', ...words], { env, ...user })
    return stdout.trim() === '' ? undefined : v.parse(answerSchema, stdout).data
  }
  const ofWatcher = (name: string) => busctl('get-property', watcher, '/StatusNotifierWatcher', watcher, name)

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

  const isOnBus = async (program: string): Promise<boolean> => {
    const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus']
    const [hasOwner] = v.parse(v.array(v.boolean()), await busctl('call', ...bus, 'NameHasOwner', 's', program))
    return hasOwner === true
  }
  /** undefined if its program has ended since the tray was asked for its icons. */
  const openIfThere = async (address: string): Promise<TrayItem | undefined> => {
    try {
      return await open(address)
    } catch (error) {
      if (await isOnBus(address.slice(0, address.indexOf('/')))) throw error
      return undefined
    }
  }

  return {
    icons: async () => {
      const addresses = v.parse(v.array(v.string()), await ofWatcher('RegisteredStatusNotifierItems'))
      return (await Promise.all(addresses.map(openIfThere))).filter((item) => item !== undefined)
    },
    hosted: async () => {
      const hasHost = async (): Promise<boolean> =>
        (await ofWatcher('IsStatusNotifierHostRegistered').catch(() => false)) === true
      const end = Date.now() + 60_000
      while (!(await hasHost())) {
        if (Date.now() > end) throw new Error('the panel has no tray')
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
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
