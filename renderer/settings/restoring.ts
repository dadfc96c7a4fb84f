import * as v from 'valibot'
import { accountPreferences, type PreferencesChange, preferencesSchema } from '../../common/preferences.ts'
import type { Snapshot } from '../../common/snapshot.ts'

/**
 * The change that brings everything back which the user had chosen, the network included.
 * @param before when it was as it shall be again
 * @param present whose accounts are here; what an account that has gone since had is gone with it
 */
export const restoring = (before: Snapshot, present: Snapshot): PreferencesChange => {
  const { preferences, openAtLogin } = before
  const { general } = preferences
  return v.parse(preferencesSchema, {
    ...preferences,
    general: { ...general, openAtLogin: openAtLogin ?? general.openAtLogin },
    accounts: Object.fromEntries(present.accounts.map(({ id }) => [id, accountPreferences(preferences, id)])),
  })
}
