import type { WebFrameMain } from 'electron'
import { ipcChannels, updateInterval } from '../../common/contract/bridge.ts'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import type { Engine } from '../../engine/engine.ts'
import { parseBoundedJson } from '../../engine/parsing/parse-bounded-json.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import { createPlaces } from '../../engine/timing/places.ts'
import { throttle } from '../../engine/timing/throttle.ts'
import { isOwnPage } from './app-address.ts'
import type { AppWindow } from './window.ts'

/** The sender of an IPC call. */
export interface IpcEvent {
  readonly sender: unknown
  /** null when the frame has gone since. */
  readonly senderFrame: (Pick<WebFrameMain, 'url'> & { readonly parent: object | null }) | null
}

/** The part of Electron's `ipcMain` that is used; only this file calls it. */
export interface IpcPort {
  handle(channel: string, listener: (event: IpcEvent, ...args: unknown[]) => Promise<unknown>): void
  on(channel: string, listener: (event: IpcEvent) => void): unknown
}

export interface IpcOptions {
  readonly ipc: IpcPort
  readonly window: Pick<AppWindow, 'send' | 'isSender'>
  readonly engine: Pick<Engine, 'execute' | 'snapshot' | 'subscribe'>
  readonly clock: Clock
}

const { bytes, values, inProgress } = commandLimits

/**
 * The main process's side of the bridge: commands in, updates out. Only the main frame of our own window at our own
 * address is accepted (Electron's security checklist, point 17). A command's input is JSON within the limits that the headless page
 * has: what Electron would copy for us has none. The engine's schemas validate it.
 */
export const connectIpc = ({ ipc, window, engine, clock }: IpcOptions): void => {
  const isTrusted = ({ sender, senderFrame }: IpcEvent): boolean =>
    window.isSender(sender) && senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)
  /** The last snapshot that was sent to the page; null before a page has asked. */
  let sent: Snapshot | null = null
  const places = createPlaces(inProgress)
  const send = (before: Snapshot | null): void => {
    const snapshot = engine.snapshot()
    if (snapshot.revision === before?.revision) return
    sent = snapshot
    window.send(ipcChannels.update, snapshotUpdate(before, snapshot))
  }

  ipc.handle(ipcChannels.execute, async (event, name, input) => {
    if (!isTrusted(event)) return fail('not_authorised')
    if (typeof input !== 'string') return fail('command_invalid', { reason: 'it is no JSON' })
    // Characters first: counting the bytes of a text takes a time in proportion to its length.
    if (input.length > bytes || Buffer.byteLength(input) > bytes)
      return fail('command_invalid', { reason: 'it is too large' })
    const leave = places.take()
    if (leave === undefined) return fail('too_many_requests', { count: inProgress })
    return await engine.execute(name, parseBoundedJson(input, values)).finally(leave)
  })
  ipc.on(ipcChannels.watch, (event) => {
    if (isTrusted(event)) send(null)
  })

  engine.subscribe(
    throttle(clock, updateInterval, () => {
      if (sent !== null) send(sent)
    }),
  )
}
