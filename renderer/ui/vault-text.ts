import type { VaultState } from '../../common/contract/snapshot.ts'
import type { Translate } from '../../common/i18n/i18n.ts'

/** Where the keys of the accounts are kept. */
export const vaultText = (t: Translate, vault: VaultState): string => {
  switch (vault.kind) {
    case 'opening':
    case 'keychain':
      return t('settings.keysKeychain')
    case 'session':
      return t('settings.keysSession')
    case 'unavailable':
      return t('settings.keysNowhere')
  }
}
