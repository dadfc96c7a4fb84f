import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

// The update bot follows the rules for versions in CONTRIBUTING.md.

const schema = v.object({
  rangeStrategy: v.literal('pin'),
  constraints: v.object({ node: v.string() }),
  constraintsFiltering: v.literal('strict'),
  packageRules: v.array(v.object({ matchPackageNames: v.array(v.string()), allowedVersions: v.optional(v.string()) })),
})
const config = v.parse(
  schema,
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '.github', 'renovate.json'), 'utf8')),
)
const used: Readonly<Record<string, string>> = { ...packageJson.dependencies, ...packageJson.devDependencies }

it('versions are exact, as the update bot keeps them', () => {
  for (const version of Object.values(used)) expect(version).toMatch(/^(npm:@[\w-]+\/[\w-]+@)?\d+\.\d+\.\d+$/)
})

it('the update bot offers what runs on the oldest Node that is supported', () => {
  expect(packageJson.engines.node).toBe(`>=${config.constraints.node.replace(/\.0$/, '')}`)
  const types = config.packageRules.find(({ matchPackageNames }) => matchPackageNames.includes('@types/node'))
  expect(types?.allowedVersions).toBe(`<${Number.parseInt(config.constraints.node, 10) + 1}`)
})

it('its exceptions are for packages that are used', () => {
  const named = config.packageRules.flatMap(({ matchPackageNames }) => matchPackageNames)
  expect(named.filter((name) => used[name] === undefined)).toEqual([])
})
