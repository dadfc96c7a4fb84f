import type { IpcRenderer } from 'electron'
import { type Bridge, ipcChannels } from '../../common/contract/bridge.ts'

/** What of Electron's `ipcRenderer` the bridge uses; the page gets none of it (security checklist, point 20). */
export interface RendererIpc extends Pick<IpcRenderer, 'invoke' | 'send'> {
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
  off(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
}

/** The page's side of the bridge. Events stay here: they hold the sender, and with it a way around the bridge. */
export const createBridge = (ipc: RendererIpc): Bridge => ({
  execute: (name, input) => ipc.invoke(ipcChannels.execute, name, input),
  onUpdate: (listener) => {
    const hear = (_event: unknown, update: unknown): void => listener(update)
    ipc.on(ipcChannels.update, hear)
    // Answered with a whole snapshot.
    ipc.send(ipcChannels.watch)
    return () => {
      ipc.off(ipcChannels.update, hear)
    }
  },
})
