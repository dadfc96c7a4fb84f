import type { Site } from './site.ts'
import type { Version } from './version.ts'

/**
 * What a scenario needs of the forum under test. `member`: a name and password. `other-member`: a second one.
 * `control`: the rights of an administrator, through the control interface of the simulated forum: settings, users,
 * notifications, the clock. `limits`: permission to use up limits that then apply to the whole address for a while.
 */
export type Need = 'member' | 'other-member' | 'control' | 'limits'

/** One item of the checklist, protocol.md 11, in terms of HTTP only. */
export interface Scenario {
  /** As in the checklist. */
  readonly number: number
  readonly title: string
  /** The versions it can be checked in, even if they answer differently. */
  readonly profiles: readonly Version[]
  /** Why it cannot be checked in the other ones. */
  readonly elsewhere?: string
  readonly needs: readonly Need[]
  /** Throws when the forum behaves differently. */
  readonly run: (site: Site) => Promise<void>
}

/** Why `scenario` cannot run, or `null`. */
export function reasonToSkip(scenario: Scenario, profile: Version, has: readonly Need[]): string | null {
  if (!scenario.profiles.includes(profile)) return `not in ${profile}: ${scenario.elsewhere ?? 'no such feature'}`
  const missing = scenario.needs.filter((need) => !has.includes(need))
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`
}
