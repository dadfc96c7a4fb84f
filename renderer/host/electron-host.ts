import type { Bridge } from '../../common/contract/bridge.ts'
import type { CommandInput, CommandName } from '../../common/contract/commands.ts'
import { fail } from '../../common/contract/failure.ts'
import type { Host } from './host.ts'
import { createHostStore } from './host-store.ts'
import { readResult } from './read-result.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload script; absent in a browser. */
    readonly notifier?: Bridge
  }
}

/** The host inside Electron: everything crosses the preload script's bridge. */
export const createElectronHost = (bridge: Bridge): Host => {
  const store = createHostStore()
  let end: () => void = () => undefined
  let isWholeAwaited = false
  const watch = () => {
    end()
    isWholeAwaited = true
    end = bridge.onUpdate((update) => {
      if (store.accept(update)) isWholeAwaited = false
      // One question is enough: until it is answered, what was on its way does not fit either.
      else if (!isWholeAwaited) watch()
    })
  }
  watch()
  const execute = async <Name extends CommandName>(name: Name, input: CommandInput<Name>) => {
    try {
      return readResult<Name>(await bridge.execute(name, input))
    } catch {
      // IPC rejects only when the main process threw, which a command must not do.
      return fail('internal')
    }
  }
  return {
    isDesktop: true,
    getState: store.getState,
    subscribe: store.subscribe,
    execute,
    clipboard: {
      look: async () => {
        const looked = await execute('clipboard.address', {})
        return looked.ok ? looked.value.address : null
      },
    },
  }
}
