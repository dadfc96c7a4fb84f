import { EventEmitter } from 'node:events'
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MessageBoxOptions,
  NotificationConstructorOptions,
} from 'electron'
import type { TrayMenuEntry } from '../tray/tray-menu.ts'
import {
  AppDouble,
  EventDouble,
  IpcMainDouble,
  NotificationDouble,
  PowerDouble,
  ProtocolDouble,
  ScreenDouble,
  SessionDouble,
  TrayDouble,
  TrayMenuDouble,
  WindowDouble,
} from './electron-double.ts'

// The whole `electron` module for tests of main.ts, made of the doubles. One instance each time this file is loaded.

interface Made {
  readonly windows: { readonly window: WindowDouble; readonly options: BrowserWindowConstructorOptions }[]
  readonly trays: TrayDouble[]
  readonly notifications: NotificationDouble[]
  readonly opened: string[]
  /** Folders shown in the file manager. */
  readonly folders: string[]
  /** How the crash reporter was started. */
  readonly crashReporters: unknown[]
  /** Texts put on the clipboard. */
  readonly copied: string[]
  /** Whether another program holds the clipboard. */
  isClipboardTaken: boolean
  /** The text on the clipboard. */
  clipboard: string
  readonly dialogs: string[]
  /** Called while a message box is open that the program waits for. */
  onDialog: () => void
  /** The index of the button pressed in a question; 1 is no. */
  answer: number
  readonly exits: number[]
  readonly paths: Map<string, string>
  readonly menus: unknown[]
  readonly schemes: CustomScheme[]
  /** What happened before `ready`, in order. */
  readonly early: string[]
}

const made: Made = {
  windows: [],
  trays: [],
  notifications: [],
  opened: [],
  folders: [],
  crashReporters: [],
  copied: [],
  isClipboardTaken: false,
  clipboard: '',
  dialogs: [],
  onDialog: () => undefined,
  answer: 1,
  exits: [],
  paths: new Map(),
  menus: [],
  schemes: [],
  early: [],
}

class ShellApp extends AppDouble {
  isFirst = true
  hasLock = true
  readonly isPackaged = false
  secondStart: unknown
  becomeReady: () => void = () => undefined
  private hasBecomeReady = false
  private readonly ready = new Promise<void>((resolve) => {
    this.becomeReady = () => {
      this.hasBecomeReady = true
      resolve()
    }
  })

  isReady(): boolean {
    return this.hasBecomeReady
  }

  whenReady(): Promise<void> {
    return this.ready
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }
  getPath(): string {
    return '/home/eve/Documents'
  }
  setName(): void {
    made.early.push('setName')
  }
  setAppUserModelId(): void {
    made.early.push('setAppUserModelId')
  }
  setPath(name: string, path: string): void {
    made.early.push(`setPath ${name}`)
    made.paths.set(name, path)
  }
  requestSingleInstanceLock(additionalData: unknown): boolean {
    made.early.push('requestSingleInstanceLock')
    this.secondStart = additionalData
    return this.isFirst
  }
  releaseSingleInstanceLock(): void {
    this.hasLock = false
  }
  exit(code: number): void {
    made.exits.push(code)
  }
  /** Quits as Electron does: asks, closes the windows if nobody objects, and resolves when that is done. */
  async quitForGood(): Promise<void> {
    const done = this.quits
    const event = new EventDouble()
    this.emit('before-quit', event)
    while (event.isPrevented && this.quits === done) await new Promise((resolve) => setTimeout(resolve, 5))
    for (const { window } of made.windows) if (!window.isDestroyed()) window.close()
    this.emit('will-quit')
    this.emit('quit')
  }
}

const app = new ShellApp()

class BrowserWindow extends WindowDouble {
  static getAllWindows(): readonly WindowDouble[] {
    return made.windows.map(({ window }) => window).filter((window) => !window.isDestroyed())
  }
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    made.windows.push({ window: this, options })
  }
}

class Tray extends TrayDouble {
  constructor(image: string) {
    super(image)
    made.trays.push(this)
  }
}

class Notification extends NotificationDouble {
  static isSupported(): boolean {
    return true
  }
  static handleActivation(_callback: () => void): void {
    // No test clicks on a notification of an earlier run through the whole shell.
  }
  static async getHistory(): Promise<readonly NotificationDouble[]> {
    return []
  }
  constructor(options: NotificationConstructorOptions) {
    super(options)
    made.notifications.push(this)
  }
}

const Menu = {
  setApplicationMenu: (menu: unknown): void => {
    made.menus.push(menu)
  },
  buildFromTemplate: (entries: TrayMenuEntry[]) => new TrayMenuDouble(entries),
}

const dialog = {
  showErrorBox: (_title: string, content: string): void => {
    made.dialogs.push(content)
  },
  showMessageBoxSync: ({ message }: MessageBoxOptions): number => {
    made.dialogs.push(message)
    made.onDialog()
    return 0
  },
  showSaveDialog: async (): Promise<{ canceled: boolean; filePath: string }> => ({ canceled: true, filePath: '' }),
  showMessageBox: async ({ message }: MessageBoxOptions): Promise<{ response: number }> => {
    made.dialogs.push(message)
    return { response: made.answer }
  },
}

const ipcMain = new IpcMainDouble()

class Theme extends EventEmitter<{ updated: [] }> {
  shouldUseDarkColors = false
  shouldUseDarkColorsForSystemIntegratedUI = false
}

/** Electron's own updater, which is only used for the event before macOS quits for an update. */
const autoUpdater = new EventEmitter<{ 'before-quit-for-update': [] }>()

const nativeTheme = new Theme()

class PrivilegedProtocol extends ProtocolDouble {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    made.early.push('registerSchemesAsPrivileged')
    made.schemes.push(...schemes)
  }
}

const protocol = new PrivilegedProtocol()

const powerMonitor = new PowerDouble()

const screen = new ScreenDouble()

const nativeImage = {
  createFromPath: (path: string): string => path,
}

const session = { defaultSession: new SessionDouble() }

const clipboard = {
  readText: async (): Promise<string> => made.clipboard,
  writeText: async (text: string): Promise<void> => {
    if (made.isClipboardTaken) throw new Error('taken')
    made.copied.push(text)
  },
}

const utilityProcess = {
  fork: (): never => {
    throw new Error('no utility process in tests')
  },
}

const shell = {
  openExternal: async (url: string): Promise<void> => {
    made.opened.push(url)
  },
  openPath: async (folder: string): Promise<string> => {
    made.folders.push(folder)
    return ''
  },
}

const crashReporter = {
  start: (options: unknown): void => {
    made.crashReporters.push(options)
  },
}

/** What `import … from 'electron'` gives, and, as `made`, what the program has created and done so far. */
export const electronModule = {
  app,
  autoUpdater,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut: { register: (): boolean => true, unregister: (): void => undefined },
  ipcMain,
  made,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
}
