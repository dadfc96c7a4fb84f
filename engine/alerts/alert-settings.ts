import type { AccountView } from '../../common/contract/snapshot.ts'
import { forumName } from '../../common/glance/forum-name.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { accountPreferences } from '../../common/preferences/preferences.ts'
import type { Model } from '../model.ts'
import type { AlertSetting } from './alert-text.ts'

/** How the user wants the alerts of each account worded and heard. */
export interface AlertSettings {
  /** undefined for an account that is gone. */
  of(account: string): AlertSetting | undefined
  /** Whether neither names nor text may appear. */
  isPrivate(): boolean
  /** Whether the user wants no alerts for the account at all. */
  isUnwanted(account: string): boolean
}

export interface AlertSettingsOptions {
  readonly model: Pick<Model, 'accounts' | 'preferences' | 'snapshot'>
  readonly t: Translate
  /** Whether others may be looking at the screen: it is locked. */
  readonly isLocked: () => boolean
}

export const createAlertSettings = ({ model, t, isLocked }: AlertSettingsOptions): AlertSettings => {
  const isPrivate = (): boolean => {
    const { alerts } = model.preferences()
    return alerts.hideContent || (alerts.hideContentWhileLocked && isLocked())
  }

  const viewOf = (id: string): AccountView | undefined => model.snapshot().accounts.find((account) => account.id === id)

  return {
    isPrivate,
    of: (id) => {
      const account = viewOf(id)
      if (account === undefined) return undefined
      const { alerts } = model.preferences()
      const sound = accountPreferences(model.preferences(), id).sound ? alerts.sound : 'none'
      return {
        t,
        account,
        forum: forumName(t, account.site, model.accounts()),
        isOneOfSeveral: model.accounts().filter(({ site }) => site.base === account.site.base).length > 1,
        isPrivate: isPrivate(),
        isSilent: sound !== 'system',
        chime: sound === 'chime' || sound === 'drop' ? sound : null,
      }
    },
    isUnwanted: (id) => {
      const preferences = model.preferences()
      return (accountPreferences(preferences, id).level ?? preferences.alerts.level) === 'nothing'
    },
  }
}
