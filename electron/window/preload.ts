import { contextBridge, ipcRenderer } from 'electron'
import { type Bridge, ipcChannels } from '../../common/contract/bridge.ts'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail } from '../../common/contract/failure.ts'

/**
 * The page's side of the bridge; the page gets nothing else of `ipcRenderer` (Electron's security checklist, point 20).
 * Events are not passed on: they hold the sender, and with it a way around the bridge.
 */
const bridge: Bridge = {
  execute: async (name, input) => {
    const json = JSON.stringify(input)
    // The main process refuses it as well, but only after Electron has received it there.
    if (json.length > commandLimits.bytes) return fail('command_invalid', { reason: 'it is too large' })
    return await ipcRenderer.invoke(ipcChannels.execute, name, json)
  },
  onUpdate: (listener) => {
    const hear = (_event: unknown, update: unknown): void => listener(update)
    ipcRenderer.on(ipcChannels.update, hear)
    // The main process answers with a whole snapshot.
    ipcRenderer.send(ipcChannels.watch)
    return () => {
      ipcRenderer.off(ipcChannels.update, hear)
    }
  },
}

contextBridge.exposeInMainWorld('notifier', bridge)
