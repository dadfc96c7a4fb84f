import { EventEmitter } from 'node:events'
import type {
  App,
  Details,
  NativeImage,
  NotificationConstructorOptions,
  Point,
  Rectangle,
  RelaunchOptions,
  RenderProcessGoneDetails,
  Task,
} from 'electron'
import type { UrlEvents } from '../links/deep-links.ts'
import type { ElectronNotification } from '../surfaces/notifications.ts'
import type { ProcessEvents } from '../system/log-process-deaths.ts'
import type { PowerPort } from '../system/presence.ts'
import type { QuitApp, ShutdownEvents } from '../system/quit.ts'
import type { TrayMenu, TrayPort } from '../tray/tray.ts'
import type { ScreenPort } from '../tray/tray-anchor.ts'
import type { TrayMenuEntry } from '../tray/tray-menu.ts'
import type { SchemeHandling } from '../window/app-scheme.ts'
import type { GraphicsApp } from '../window/graphics.ts'
import type { IpcEvent, IpcPort } from '../window/ipc.ts'
import type { PermissionAsking } from '../window/permissions.ts'
import type { WebContentsPort, WindowPort } from '../window/window-port.ts'
import type { ScreenArea } from '../window/window-position.ts'

// Stands in for Electron in tests. Each double implements the very type that its adapter requires of the real thing,
// and the shell passes the real thing to the same adapter: if Electron changes, the compiler notices on one side or the
// other.

/** An event whose default can be prevented. */
export class EventDouble {
  isPrevented = false
  preventDefault(): void {
    this.isPrevented = true
  }
}

interface AppEvents {
  'open-url': [event: EventDouble, url: string]
  'second-instance': [event: EventDouble, argv: string[], workingDirectory: string, additionalData: unknown]
  'before-quit': [event: EventDouble]
  'will-quit': []
  quit: []
  'child-process-gone': [event: EventDouble, details: Pick<Details, 'type' | 'reason' | 'exitCode'>]
  'render-process-gone': [
    event: EventDouble,
    contents: unknown,
    details: Pick<RenderProcessGoneDetails, 'reason' | 'exitCode'>,
  ]
  'window-all-closed': []
}

/** Chromium's switches, those that are given among them (`app.commandLine`). */
export class CommandLineDouble {
  readonly switches: Map<string, string>
  constructor(given: readonly (readonly [string, string])[] = []) {
    this.switches = new Map(given)
  }
  hasSwitch(name: string): boolean {
    return this.switches.has(name)
  }
  appendSwitch(name: string, value = ''): void {
    this.switches.set(name, value)
  }
}

/** Electron's `app`. */
export class AppDouble extends EventEmitter<AppEvents> implements UrlEvents, QuitApp, GraphicsApp, ProcessEvents {
  quits = 0
  badges: (number | undefined)[] = []
  takesBadges = true
  isHardwareAccelerated = true
  readonly commandLine = new CommandLineDouble()
  relaunches: RelaunchOptions[] = []
  tasks: Task[] = []
  /** The program that has the scheme besides us, by its name. */
  otherOwner = ''
  registered: { scheme: string; path: string | undefined; args: string[] | undefined } | undefined
  /** What the system calls the program that is registered. */
  registeredName = 'Discourse Notifier'
  canRegister = true
  /** What the system knows about starting at login, and what it was told last. */
  loginItem: LoginItemSettings = {
    openAtLogin: false,
    wasOpenedAtLogin: false,
    status: 'not-registered',
    executableWillLaunchAtLogin: false,
    launchItems: [],
  }
  loginItemTold: LoginItemTold | undefined
  onLoginItem: (told: LoginItemTold) => void = () => undefined

  quit(): void {
    this.quits += 1
  }
  getLoginItemSettings(): LoginItemSettings {
    return this.loginItem
  }
  setLoginItemSettings(told: LoginItemTold): void {
    this.loginItemTold = told
    this.onLoginItem(told)
  }
  setBadgeCount(count?: number): boolean {
    this.badges.push(count)
    return this.takesBadges
  }
  setAsDefaultProtocolClient(scheme: string, path?: string, args?: string[]): boolean {
    if (this.canRegister) this.registered = { scheme, path, args }
    return this.canRegister
  }
  removeAsDefaultProtocolClient(scheme: string, path?: string, args?: string[]): boolean {
    const isOurs = this.isDefaultProtocolClient(scheme, path, args)
    if (isOurs && this.canRegister) this.registered = undefined
    return isOurs && this.canRegister
  }
  getApplicationNameForProtocol(_url: string): string {
    return this.registered === undefined ? this.otherOwner : this.registeredName
  }
  disableHardwareAcceleration(): void {
    this.isHardwareAccelerated = false
  }
  relaunch(options: RelaunchOptions): void {
    this.relaunches.push(options)
  }
  setUserTasks(tasks: Task[]): boolean {
    this.tasks = tasks
    return true
  }
  isDefaultProtocolClient(scheme: string, path?: string, args?: string[]): boolean {
    return JSON.stringify(this.registered) === JSON.stringify({ scheme, path, args })
  }
}

type LoginItemSettings = ReturnType<App['getLoginItemSettings']>
type LoginItemTold = Parameters<App['setLoginItemSettings']>[0]

interface ContentsEvents {
  'will-navigate': [event: EventDouble]
  'will-frame-navigate': [event: EventDouble]
  'will-redirect': [event: EventDouble]
  'will-attach-webview': [event: EventDouble]
  'render-process-gone': [event: EventDouble, details: Pick<RenderProcessGoneDetails, 'reason'>]
}

class WebContentsDouble extends EventEmitter<ContentsEvents> implements WebContentsPort {
  sent: { channel: string; args: unknown[] }[] = []
  /** The result of the page's `window.open`. */
  openWindow: (details: { readonly url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' })

  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args })
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void {
    this.openWindow = handler
  }
}

interface WindowEvents {
  close: [event: EventDouble]
  'page-title-updated': [event: EventDouble]
  closed: []
  'session-end': []
  'ready-to-show': []
  blur: []
  'leave-full-screen': []
  resize: []
}

/** Electron's `BrowserWindow`, hidden until shown. */
export class WindowDouble extends EventEmitter<WindowEvents> implements WindowPort {
  readonly webContents = new WebContentsDouble()
  readonly loaded: string[] = []
  title = ''
  overlays: { overlay: NativeImage | null; description: string }[] = []
  position = [0, 0]
  size = [400, 600]
  state: 'hidden' | 'shown' | 'minimized' | 'destroyed' = 'hidden'
  hasFocus = false
  /** Leaving takes macOS a while. */
  fullScreen: 'off' | 'on' | 'leaving' = 'off'

  show(): void {
    this.state = 'shown'
    this.hasFocus = true
  }
  /** Something else gets the focus. */
  blur(): void {
    this.hasFocus = false
    this.emit('blur')
  }
  isFullScreen(): boolean {
    return this.fullScreen !== 'off'
  }
  setFullScreen(isWanted: boolean): void {
    this.fullScreen = isWanted ? 'on' : 'leaving'
  }
  leaveFullScreen(): void {
    this.fullScreen = 'off'
    this.emit('leave-full-screen')
  }
  hide(): void {
    this.state = 'hidden'
    this.hasFocus = false
  }
  focus(): void {
    this.hasFocus = true
  }
  restore(): void {
    this.state = 'shown'
  }
  isVisible(): boolean {
    return this.state === 'shown' || this.state === 'minimized'
  }
  isMinimized(): boolean {
    return this.state === 'minimized'
  }
  isFocused(): boolean {
    return this.hasFocus
  }
  isDestroyed(): boolean {
    return this.state === 'destroyed'
  }
  setTitle(title: string): void {
    this.title = title
  }
  setOverlayIcon(overlay: NativeImage | null, description: string): void {
    this.overlays.push({ overlay, description })
  }
  getPosition(): number[] {
    return this.position
  }
  setPosition(x: number, y: number): void {
    this.position = [x, y]
  }
  getSize(): number[] {
    return this.size
  }
  getNormalBounds(): Rectangle {
    const [[x = 0, y = 0], [width = 0, height = 0]] = [this.position, this.size]
    return { x, y, width, height }
  }
  /** The user draws it larger or smaller. */
  resize(width: number, height: number): void {
    this.size = [width, height]
    this.emit('resize')
  }
  /** The page's process ends. */
  crash(reason: RenderProcessGoneDetails['reason'] = 'crashed'): void {
    this.webContents.emit('render-process-gone', new EventDouble(), { reason })
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }
  destroy(): void {
    this.state = 'destroyed'
    this.emit('closed')
  }
  /** The user closes it. */
  close(): void {
    const event = new EventDouble()
    this.emit('close', event)
    if (!event.isPrevented) this.destroy()
  }
}

/** Electron's `Menu` of a tray icon. */
export class TrayMenuDouble extends EventEmitter<{ 'menu-will-show': []; 'menu-will-close': [] }> implements TrayMenu {
  readonly entries: readonly TrayMenuEntry[]
  constructor(entries: readonly TrayMenuEntry[]) {
    super()
    this.entries = entries
  }
}

/** Electron's `Tray`. */
export class TrayDouble extends EventEmitter<{ click: [] }> implements TrayPort<TrayMenuDouble> {
  images: string[]
  tooltip = ''
  title = ''
  isDestroyed = false
  bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 }
  menus: TrayMenuDouble[] = []

  constructor(image: string) {
    super()
    this.images = [image]
  }
  setImage(image: string): void {
    this.images.push(image)
  }
  setToolTip(tooltip: string): void {
    this.tooltip = tooltip
  }
  setTitle(title: string): void {
    this.title = title
  }
  getBounds(): Rectangle {
    return this.bounds
  }
  destroy(): void {
    this.isDestroyed = true
  }
  setContextMenu(menu: TrayMenuDouble): void {
    this.menus.push(menu)
  }
}

interface NotificationEvents {
  show: []
  click: []
  action: [details: { actionIndex: number }]
  close: [details: { reason?: string }]
  failed: [event: EventDouble, error: string]
}

/** Electron's `Notification`. */
export class NotificationDouble extends EventEmitter<NotificationEvents> implements ElectronNotification {
  readonly options: NotificationConstructorOptions
  state: 'made' | 'shown' | 'closed' = 'made'
  /** What the system says instead of showing it; null when it says nothing at all. */
  error: string | null | undefined

  constructor(options: NotificationConstructorOptions) {
    super()
    this.options = options
  }
  show(): void {
    this.state = 'shown'
    if (this.error === undefined) this.emit('show')
    else if (this.error !== null) this.emit('failed', new EventDouble(), this.error)
  }
  close(): void {
    this.state = 'closed'
    this.emit('close', {})
  }
}

interface PowerEvents {
  suspend: []
  resume: []
  'lock-screen': []
  'unlock-screen': []
  'on-battery': []
  'on-ac': []
  shutdown: [event: EventDouble]
}

/** Electron's `powerMonitor`. */
export class PowerDouble extends EventEmitter<PowerEvents> implements PowerPort, ShutdownEvents {
  idleState: ReturnType<PowerPort['getSystemIdleState']> = 'active'
  isOnBattery = false
  /** The idle thresholds that were asked for, in seconds. */
  thresholds: number[] = []

  getSystemIdleState(idleThreshold: number): typeof this.idleState {
    this.thresholds.push(idleThreshold)
    return this.idleState
  }
  isOnBatteryPower(): boolean {
    return this.isOnBattery
  }
}

/** Electron's `screen`, with one screen and no taskbar by default. */
export class ScreenDouble implements ScreenPort {
  /** Null on Wayland, where Electron 33 ends with SIGSEGV when it is asked. */
  cursor: Point | null = { x: 0, y: 0 }
  display: ScreenArea = {
    bounds: { x: 0, y: 0, width: 1920, height: 1080 },
    workArea: { x: 0, y: 0, width: 1920, height: 1080 },
  }

  getCursorScreenPoint(): Point {
    if (this.cursor === null) throw new Error('SIGSEGV')
    return this.cursor
  }
  getDisplayMatching(): ScreenArea {
    return this.display
  }
  getPrimaryDisplay(): ScreenArea {
    return this.display
  }
}

/** Electron's `ipcMain`. */
export class IpcMainDouble implements IpcPort {
  private readonly handlers = new Map<string, (event: IpcEvent, ...args: unknown[]) => Promise<unknown>>()
  private readonly listeners = new Map<string, (event: IpcEvent) => void>()

  handle(channel: string, listener: (event: IpcEvent, ...args: unknown[]) => Promise<unknown>): void {
    this.handlers.set(channel, listener)
  }
  on(channel: string, listener: (event: IpcEvent) => void): void {
    this.listeners.set(channel, listener)
  }
  /** A page calls `ipcRenderer.invoke`. */
  invoke(event: IpcEvent, channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    return handler === undefined ? Promise.reject(new Error(`no handler for ${channel}`)) : handler(event, ...args)
  }
  /** A page calls `ipcRenderer.send`. */
  send(event: IpcEvent, channel: string): void {
    this.listeners.get(channel)?.(event)
  }
}

/** Electron's `protocol`. */
export class ProtocolDouble implements SchemeHandling {
  scheme = ''
  private handler: Parameters<SchemeHandling['handle']>[1] = () => Response.error()

  handle(scheme: string, handler: Parameters<SchemeHandling['handle']>[1]): void {
    this.scheme = scheme
    this.handler = handler
  }
  /** A page asks for an address. */
  async request(url: string, method = 'GET'): Promise<Response> {
    return await this.handler({ url, method })
  }
}

/** Electron's `Session`, which grants everything until it is told otherwise. */
export class SessionDouble extends EventEmitter<{ 'will-download': [event: EventDouble] }> implements PermissionAsking {
  private onRequest: (webContents: unknown, permission: string, callback: (granted: boolean) => void) => void = (
    _webContents,
    _permission,
    callback,
  ) => callback(true)
  /** What the system says about every address. */
  proxies = 'DIRECT'
  readonly resolved: string[] = []
  check = (): boolean => true
  checkDevice = (): boolean => true

  setPermissionRequestHandler(
    handler: (webContents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void {
    this.onRequest = handler
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.check = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.checkDevice = handler
  }
  async resolveProxy(url: string): Promise<string> {
    this.resolved.push(url)
    return this.proxies
  }
  request(permission: string): Promise<boolean> {
    return new Promise((resolve) => this.onRequest({}, permission, resolve))
  }
}
