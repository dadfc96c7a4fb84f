import type { AccountView, AttemptView, Counts, Snapshot } from '../../common/contract/snapshot.ts'
import { account, attempt, counts, snapshot } from '../../common/testing/samples.ts'

// The common samples with the defaults that the tests of the desktop shell expect.

/** Counts with a matching total. */
export const sampleCounts = (notifications: number, messages = 0): Counts => counts({ notifications, messages })

const siteAt = (base: string, title: string) => ({ base, host: base.replace('https://', ''), title, color: null })

/** A connected account with up-to-date numbers and nothing new. */
export const sampleAccount = (changes: Partial<AccountView> = {}, base = 'https://meta.example'): AccountView =>
  account({
    id: 'a1',
    site: siteAt(base, 'Meta'),
    links: { notifications: `${base}/u/eve/notifications`, apps: `${base}/u/eve/preferences/apps`, signedIn: null },
    ...changes,
  })

/** A pending sign-in. */
export const sampleAttempt = (changes: Partial<AttemptView> = {}, base = 'https://devtalk.example'): AttemptView =>
  attempt({ id: 'f00d', site: siteAt(base, 'Devtalk'), createdAt: 0, expiresAt: 600_000, ...changes })

/** A snapshot of an installation with a keychain and nothing else. */
export const sampleSnapshot = (changes: Partial<Snapshot> = {}): Snapshot => snapshot(changes)
