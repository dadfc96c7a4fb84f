import { failureSentence, type Translate } from '../../common/i18n.ts'
import type { AccountView } from '../../common/snapshot.ts'
import type { Alert } from './alert.ts'

/**
 * The alert for an account whose key its forum has stopped accepting; undefined for any other. It is given once, when
 * that turns out, and leads to the forum's own list of applications.
 */
export const refusedAlert = (t: Translate, account: AccountView): Alert | undefined =>
  account.state.kind === 'needsSignIn'
    ? {
        tag: `${account.id}-refused`,
        account: account.id,
        title: account.site.title,
        body: failureSentence(t, account.state.failure),
        url: account.links.apps,
        notification: null,
      }
    : undefined
