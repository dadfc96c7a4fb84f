import * as v from 'valibot'
import { commandInputs } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import type { DesktopNotification } from '../ports/notification-port.ts'
import type { ControlHandler, ControlStream } from './claim-profile.ts'
import type { AlertEvent, ControlCall } from './control-protocol.ts'

/** The part of the engine that the command line may use. */
export interface ControlledEngine {
  readonly snapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly execute: (name: unknown, input: unknown) => Promise<Result<unknown>>
  readonly begin: (address: string, method: SignInMethod | undefined) => Promise<Result<unknown>>
  readonly onAlert: (listener: (notification: DesktopNotification) => void) => () => void
}

export interface AnswerControlOptions {
  readonly engine: ControlledEngine
  /** Shows the user interface. Returns its page's URL; null where it is a window, which no browser can open. */
  readonly show: () => string | null
  /** Opens a new page in the browser; absent where `show` is enough. Resolves to whether a browser was started. */
  readonly openPage?: () => Promise<boolean>
  /** Opens a forum URL in the browser. Resolves to whether a browser was started. */
  readonly openForum: (url: string) => Promise<boolean>
  readonly quit: () => void
}

/** Creates the handler for calls from the command line, and from another shell started on the same profile. */
export const createAnswerControl =
  ({ engine, show, openPage, openForum, quit }: AnswerControlOptions): ControlHandler =>
  async (call: ControlCall): Promise<Result<unknown> | ControlStream> => {
    switch (call.call) {
      case 'snapshot':
        return ok(engine.snapshot())
      case 'show':
        return ok({ url: show() })
      case 'open': {
        // A URL means that no browser could be started; the caller can print it.
        const isOpened = (await openPage?.()) ?? false
        return ok({ url: isOpened ? null : show() })
      }
      case 'command':
        return await engine.execute(call.name, call.input)
      case 'begin':
        return await engine.begin(call.address, call.method)
      case 'openNotification': {
        const account = engine.snapshot().accounts.find(({ id }) => id === call.account)
        const item = account?.items?.find(({ id }) => id === call.notification)
        if (account === undefined || item === undefined) return fail('notification_unknown')
        const isOpened = await openForum(item.url)
        // What the user reads in the browser must not stay new here.
        if (isOpened) void engine.execute('account.opened', { account: account.id })
        return ok({ url: isOpened ? null : item.url })
      }
      case 'watch':
        return watchSnapshots(engine)
      case 'alerts':
        return watchAlerts(engine)
      case 'quit':
        // After the response has been sent. The process is named so that its end can be waited for.
        setImmediate(quit)
        return ok({ pid: process.pid })
    }
  }

/** Sends each change as an update to the snapshot sent before; changes that have not been sent yet are combined. */
const watchSnapshots = ({ snapshot, subscribe }: ControlledEngine): ControlStream => {
  let sent: Snapshot | null = null
  return {
    subscribe,
    next: () => {
      const present = snapshot()
      if (present === sent) return undefined
      const update = snapshotUpdate(sent, present)
      sent = present
      return update
    },
  }
}

/** How many alerts are queued for a slow reader; the oldest are dropped first. */
const mostWaiting = 1000

/** Sends each alert from now on; alerts that have not been sent yet are combined. */
const watchAlerts = ({ snapshot, onAlert }: ControlledEngine): ControlStream => {
  let waiting: readonly AlertEvent[] = []
  return {
    subscribe: (onDue) =>
      onAlert((notification) => {
        // The same alert again, with more text.
        if (notification.onlyReplaces === true) return
        waiting = [...waiting, alertEvent(snapshot(), notification, Date.now())].slice(-mostWaiting)
        onDue()
      }),
    next: () => {
      if (waiting.length === 0) return undefined
      const due = waiting
      waiting = []
      return due
    },
  }
}

const alertEvent = (
  { accounts }: Snapshot,
  { title, body, target, actions }: DesktopNotification,
  at: number,
): AlertEvent => {
  const account = accounts.find(({ id }) => id === target?.account)
  const marked = commandInputs['notification.read']
  const input = v.safeParse(marked, actions.find(({ id }) => id === 'markRead')?.command.input)
  return {
    ...{ at, title, body },
    account:
      account === undefined
        ? null
        : { id: account.id, username: account.username, host: account.site.host, site: account.site.base },
    url: target?.url ?? null,
    notification: input.success ? input.output.notification : null,
  }
}
