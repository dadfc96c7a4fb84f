import { type Need, reasonToSkip, type Scenario } from './scenario.ts'
import { sitesOf, type Target } from './site.ts'

export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What the target offers, besides what was declared. */
export function needsMet(target: Target, declared: readonly Need[]): readonly Need[] {
  return [
    ...declared,
    ...(target.control ? (['member', 'other-member', 'control', 'limits'] as const) : []),
    ...(target.users.length > 0 ? (['member'] as const) : []),
    ...(target.users.length > 1 ? (['other-member'] as const) : []),
  ]
}

/** Runs the scenarios one after the other and gives a line for each to `print`, in the style of TAP. Never throws. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  target: Target,
  declared: readonly Need[],
  print: (line: string) => void,
): Promise<Summary> {
  const has = needsMet(target, declared)
  const sites = sitesOf(target)
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const scenario of scenarios) {
    const name = `${scenario.number} ${scenario.title}`
    const reason = reasonToSkip(scenario, target.profile, has)
    if (reason !== null) {
      count.skipped += 1
      print(`skip ${name} # ${reason}`)
      continue
    }
    try {
      await scenario.run(await sites.open(scenario.number))
      count.passed += 1
      print(`ok ${name}`)
    } catch (error) {
      count.failed += 1
      print(`not ok ${name} # ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return count
}
