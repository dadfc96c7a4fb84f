import * as v from 'valibot'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import {
  accountPreferences,
  type PreferencesChange,
  preferencesSchema,
  withoutAccount,
} from '../../common/preferences/preferences.ts'

/**
 * The change that brings everything back which the user had chosen, the network and the overview's order included.
 * @param before when it was as it shall be again
 * @param present whose accounts are here; what an account that has gone since had is gone with it
 */
export const restoring = (before: Snapshot, present: Snapshot): PreferencesChange => {
  const ids = present.accounts.map(({ id }) => id)
  const gone = before.accounts.filter(({ id }) => !ids.includes(id))
  const preferences = gone.reduce((left, { id }) => withoutAccount(left, id), before.preferences)
  const { general } = preferences
  return v.parse(preferencesSchema, {
    ...preferences,
    general: { ...general, openAtLogin: before.openAtLogin ?? general.openAtLogin },
    accounts: Object.fromEntries(ids.map((id) => [id, accountPreferences(preferences, id)])),
  })
}
