import type { Site } from './site.ts'
import type { Version } from './version.ts'

/**
 * What a scenario needs of the forum under test. `member`: a name and password. `other-member`: a second one.
 * `control`: an administrator's hand, which the control interface of the simulated forum gives: settings, users,
 * notifications, the clock. `limits`: to use up limits that then hold for the whole address for a while.
 */
export type Need = 'member' | 'other-member' | 'control' | 'limits'

/** One item of the checklist, protocol.md 11, told in HTTP only. */
export interface Scenario {
  /** As in the checklist. */
  readonly number: number
  readonly title: string
  /** Where it can be checked, be it that the versions answer differently. */
  readonly profiles: readonly Version[]
  /** Why it cannot be checked in the other ones. */
  readonly elsewhere?: string
  readonly needs: readonly Need[]
  /** Throws when the forum does otherwise. */
  readonly run: (site: Site) => Promise<void>
}

/** Why `scenario` cannot run, or `null`. */
export function reasonToSkip(scenario: Scenario, profile: Version, has: readonly Need[]): string | null {
  if (!scenario.profiles.includes(profile)) return `not in ${profile}: ${scenario.elsewhere ?? 'no such feature'}`
  const missing = scenario.needs.filter((need) => !has.includes(need))
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`
}
