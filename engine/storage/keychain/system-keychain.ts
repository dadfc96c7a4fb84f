import type { Keychain } from './keychain.ts'
import { type KeychainCall, keychainSubprocess } from './keychain-subprocess.ts'
import { reconnectingKeychain } from './reconnecting-keychain.ts'
import { splitKeychain } from './split-keychain.ts'

const service = 'discourse-notifier'

/**
 * The operating system's keychain through keytar: Keychain on macOS, Credential Manager on Windows, the Secret Service
 * on Linux. keytar is loaded on first use, because its binary fails to load where libsecret is missing.
 * @param elsewhere makes a call in another process, for when the keyring daemon has restarted
 * @throws whatever keytar throws; the message is for the log, not for the user
 */
export const openSystemKeychain = async (elsewhere: KeychainCall): Promise<Keychain> => {
  const { default: keytar } = await import('keytar')
  const keychain: Keychain = {
    get: (item) => keytar.getPassword(service, item),
    set: (item, text) => keytar.setPassword(service, item, text),
    remove: async (item) => {
      await keytar.deletePassword(service, item)
    },
  }
  if (process.platform === 'win32') return splitKeychain(keychain)
  return process.platform === 'linux'
    ? reconnectingKeychain(keychain, keychainSubprocess(service, elsewhere))
    : keychain
}

/** Replaces `openSystemKeychain` so that a test or a demo never touches the user's keychain. */
export const refuseKeychain = (): Promise<Keychain> =>
  Promise.reject(new Error('the keychain is not to be asked, as --no-keychain says'))
