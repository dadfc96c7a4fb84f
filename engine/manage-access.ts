import { createCompleteSignIn } from './accounts/complete-sign-in.ts'
import { createFollowClock } from './accounts/follow-clock.ts'
import { createMoveAccount } from './accounts/move-account.ts'
import { createStoreReconciliation } from './accounts/reconcile-stores.ts'
import { createRetiredKeys } from './accounts/retired-keys.ts'
import { createRevocation } from './accounts/revocation.ts'
import { createSignIn } from './accounts/sign-in.ts'
import { createSignInKeypair } from './accounts/sign-in-keypair.ts'
import { createVaultAccess } from './accounts/vault-access.ts'
import type { EngineParts } from './engine-ports.ts'
import type { ForumWatch } from './watch-forums.ts'

/** Creates everything that obtains keys and revokes them. */
export const manageAccess = ({ storage, desktop, system }: EngineParts, watching: ForumWatch) => {
  const { vault } = storage
  const { clock, random } = system
  const { model, sync, images, alerts, oneTimeLogin } = watching
  const vaultAccess = createVaultAccess(vault, model)
  const openVault = vaultAccess.open
  const http = sync.openHttp
  const retiredKeys = createRetiredKeys({ vault, clock, http })
  const stores = createStoreReconciliation({
    ...{ model, vault, clock },
    onRestored: (id) => void images.refresh(id),
    onRetired: retiredKeys.revoke,
  })
  const revocation = createRevocation({ model, vault, clock, sync, stores, onForgotten: alerts.onAccountGone })
  const completeSignIn = createCompleteSignIn({
    ...{ model, vault, openVault, http, clock, random, oneTimeLogin, stores },
    followClock: createFollowClock({ model, clock }),
    onConnected: (id, session) => {
      alerts.onConnected(id, session?.answeredAt ?? null)
      sync.renew(id, session)
      void images.refresh(id, session?.avatarTemplate ?? undefined)
    },
    onRetired: retiredKeys.revoke,
  })
  const keypair = createSignInKeypair({ vault, clock, model })
  const signIn = createSignIn({
    ...{ model, vault, keypair, openVault, http, clock, random, completeSignIn, stores },
    defaultMethod: desktop.defaultMethod,
  })
  const moveAccount = createMoveAccount({
    ...{ model, vault, http, keyedHttp: sync.keyedHttp },
    onMoved: (id, session) => {
      if (model.account(id)?.revoking === true) void revocation.revoke(id)
      else sync.renew(id, session)
      void images.refresh(id, session?.avatarTemplate ?? undefined)
    },
  })
  /** Resumes everything that needs the vault. */
  const resume = async (): Promise<void> => {
    await stores.run()
    sync.start()
    signIn.resume()
    revocation.start()
    void retiredKeys.revoke()
  }
  vaultAccess.onChange(() => void resume())
  return { vaultAccess, revocation, completeSignIn, keypair, signIn, moveAccount, resume }
}

/** Signing in, revoking, and the vault that both need. */
export type AccessManagement = ReturnType<typeof manageAccess>
