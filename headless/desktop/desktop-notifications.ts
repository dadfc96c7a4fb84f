import { Variant } from 'dbus-native'
import * as v from 'valibot'
import { createHeldNotifications } from '../../engine/alerts/held-notifications.ts'
import { notificationBody, withoutNul } from '../../engine/linux/notification-body.ts'
import type {
  ActivateNotification,
  DesktopNotification,
  NotificationPort,
  PortOutcome,
} from '../../engine/ports/notification-port.ts'
import type { ConnectService, NotificationService } from './notification-service.ts'

export interface DesktopNotificationsOptions {
  readonly connect: ConnectService
  readonly appName: string
  /** The label of the click, where a desktop shows it as a button. */
  readonly openLabel: () => string
  /** The file of the program's icon; empty for none. */
  readonly icon: string
  /** The most that are held at once. */
  readonly most?: number
}

/** Desktop notifications by the freedesktop.org specification. */
export interface DesktopNotifications {
  readonly show: NotificationPort
  /** Sets what a click does, before the engine shows the first notification. */
  onActivate(activate: ActivateNotification): void
  /** Whether the desktop can be reached; connects to it to find out. */
  isThere(): Promise<boolean>
  /** Ends the connection; what is on the screen stays there. */
  close(): void
}

interface Connection {
  readonly service: NotificationService
  readonly capabilities: readonly string[]
}

const capabilitiesSchema = v.array(v.string())
const idSchema = v.pipe(v.number(), v.integer(), v.minValue(1))
const actionSchema = v.tuple([idSchema, v.string()])
const closedSchema = v.tuple([idSchema, v.number()])

/**
 * Shows notifications on this session's desktop. It connects when first needed, and again after the connection was
 * lost. Each notification is kept until it is clicked or closed, by the number that the service gave it; numbers start
 * over with each service, so they are dropped with it.
 */
export const createDesktopNotifications = (options: DesktopNotificationsOptions): DesktopNotifications => {
  const { connect, most = 50 } = options
  let activate: ActivateNotification = () => undefined
  const held = createHeldNotifications<{ readonly id: number; readonly notification: DesktopNotification }>(most)
  let connection: Promise<Connection | undefined> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const release = (id: number): DesktopNotification | undefined =>
    held.release((entry) => entry.id === id)?.notification

  const onSignal = (member: string, body: unknown): void => {
    if (member === 'ActionInvoked') {
      const invoked = v.safeParse(actionSchema, body)
      if (!invoked.success) return
      const [id, action] = invoked.output
      const notification = release(id)
      if (notification !== undefined) activate(notification, ...(action === 'default' ? [] : [action]))
    } else if (member === 'NotificationClosed') {
      const closed = v.safeParse(closedSchema, body)
      if (closed.success) release(closed.output[0])
    }
  }

  const onGone = (): void => {
    connection = undefined
    held.releaseAll()
  }

  const open = async (): Promise<Connection | undefined> => {
    const service = await connect({ onSignal, onGone })
    if (service === undefined) return undefined
    try {
      return { service, capabilities: v.parse(capabilitiesSchema, await service.call('GetCapabilities', '', [])) }
    } catch (error) {
      service.close()
      throw error
    }
  }

  const opened = async (): Promise<Connection | undefined> => {
    connection ??= open()
    try {
      const present = await connection
      // A desktop may start later.
      if (present === undefined) connection = undefined
      return present
    } catch (error) {
      connection = undefined
      throw error
    }
  }

  const showNow = async (notification: DesktopNotification): Promise<PortOutcome> => {
    const present = await opened()
    if (present === undefined) return { kind: 'unsupported' }
    const { service, capabilities } = present
    const { tag } = notification
    const replaced = held.take(tag)
    if (replaced === undefined && notification.onlyReplaces === true) return shown
    const oldest = held.takeOldest()
    if (oldest !== undefined) await service.call('CloseNotification', 'u', [oldest.id])
    const id = await service.call(
      'Notify',
      'susssasa{sv}i',
      notifyArguments(options, notification, replaced?.id ?? 0, capabilities),
    )
    held.hold(tag, { id: v.parse(idSchema, id), notification })
    return shown
  }

  return {
    show: (notification) => {
      // One after the other, so that a later one knows the number of the one it replaces.
      const shown = turn.then(() => showNow(notification)).catch(outcomeOf)
      turn = shown
      return shown
    },
    onActivate: (given) => {
      activate = given
    },
    isThere: () =>
      opened().then(
        (present) => present !== undefined,
        () => false,
      ),
    close: () => {
      connection?.then((present) => present?.service.close()).catch(() => undefined)
    },
  }
}

/**
 * The arguments of `Notify` (Desktop Notifications Specification 1.3).
 * @param replaced the number of the notification that it replaces; 0 for none
 */
const notifyArguments = (
  { appName, openLabel, icon }: DesktopNotificationsOptions,
  { title, body, silent, actions, icon: picture }: DesktopNotification,
  replaced: number,
  capabilities: readonly string[],
): readonly unknown[] => {
  const buttons = [['default', openLabel()], ...actions.map(({ id, label }) => [id, label])]
  const hints = {
    urgency: new Variant('y', 1),
    category: new Variant('s', 'im.received'),
    ...(picture === undefined ? {} : { 'image-path': new Variant('s', picture) }),
    ...(silent ? { 'suppress-sound': new Variant('b', true) } : {}),
  }
  const offered = capabilities.includes('actions') ? buttons.flat() : []
  return [appName, replaced, icon, withoutNul(title), notificationBody(body, capabilities), offered, hints, -1]
}

/** A later one can replace it through `replaces_id`, silently through `suppress-sound`. */
const shown: PortOutcome = { kind: 'shown', canReplace: true }

/** The bus has no service by this name, or cannot be reached; `Spawn`: it could not start the service. */
const absence =
  /^org\.freedesktop\.DBus\.Error\.(ServiceUnknown|NameHasNoOwner|NoServer|Disconnected|FileNotFound|Spawn\..*)$/

const errorSchema = v.object({ dbusName: v.optional(v.string(), ''), message: v.string() })

const outcomeOf = (thrown: unknown): PortOutcome => {
  const error = v.safeParse(errorSchema, thrown)
  if (!error.success) return { kind: 'failed', reason: 'an answer that cannot be read' }
  const { dbusName, message } = error.output
  if (absence.test(dbusName)) return { kind: 'unsupported' }
  if (dbusName === 'org.freedesktop.DBus.Error.AccessDenied') return { kind: 'refused' }
  return { kind: 'failed', reason: message.split('\n')[0]?.slice(0, 200) ?? '' }
}
