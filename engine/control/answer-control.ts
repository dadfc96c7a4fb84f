import * as v from 'valibot'
import { commandInputs } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import type { DesktopNotification } from '../ports/notification-port.ts'
import type { ControlHandler, ControlStream } from './claim-profile.ts'
import type { AlertEvent, ControlCall } from './control-protocol.ts'

/** The engine, as far as the command line may use it. */
export interface ControlledEngine {
  readonly snapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly execute: (name: unknown, input: unknown) => Promise<Result<unknown>>
  readonly begin: (address: string, method: SignInMethod | undefined) => Promise<Result<unknown>>
  readonly onAlert: (listener: (notification: DesktopNotification) => void) => () => void
}

export interface AnswerControlOptions {
  readonly engine: ControlledEngine
  /** Shows the user interface. Gives the address of its page; null where it is a window, which no browser could open. */
  readonly show: () => string | null
  /** Opens a fresh page in the browser; left out where `show` does all there is to do. Resolves with whether it could. */
  readonly openPage?: () => Promise<boolean>
  /** Opens an address of a forum in the browser. Resolves with whether it could. */
  readonly openForum: (url: string) => Promise<boolean>
  readonly quit: () => void
}

/** Makes the function that answers the command line, and another shell started on the same profile. */
export const createAnswerControl =
  ({ engine, show, openPage, openForum, quit }: AnswerControlOptions): ControlHandler =>
  async (call: ControlCall): Promise<Result<unknown> | ControlStream> => {
    switch (call.call) {
      case 'snapshot':
        return ok(engine.snapshot())
      case 'show':
        return ok({ url: show() })
      case 'open': {
        // With an address, the page could not be opened; whoever asks can show it.
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
        // What is read there must not stay new here.
        if (isOpened) void engine.execute('account.opened', { account: account.id })
        return ok({ url: isOpened ? null : item.url })
      }
      case 'watch':
        return watchSnapshots(engine)
      case 'alerts':
        return watchAlerts(engine)
      case 'quit':
        // After the answer has left.
        setImmediate(quit)
        return ok(null)
    }
  }

/** Each change as an update to the snapshot that was sent before it; several that were not sent come in one. */
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

/** As many alerts wait for a slow reader; the oldest go first. */
const mostWaiting = 1000

/** Each alert from now on; several that were not sent come in one. */
const watchAlerts = ({ snapshot, onAlert }: ControlledEngine): ControlStream => {
  let waiting: readonly AlertEvent[] = []
  return {
    subscribe: (onDue) =>
      onAlert((notification) => {
        // The same alert again, with more words.
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
