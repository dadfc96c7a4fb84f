import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Forum } from '../forum/forum.ts'
import { startForum } from '../forum/start-forum.ts'
import { needsMet, runScenarios } from './run-scenarios.ts'
import { reasonToSkip } from './scenario.ts'
import { CHECKLIST_LENGTH, scenarios } from './scenarios.ts'
import { type Sites, sitesOf, type Target } from './site.ts'
import { versions } from './version.ts'

describe('the list of scenarios', () => {
  it('has every number of the checklist, once', () => {
    const all = Array.from({ length: CHECKLIST_LENGTH }, (_, index) => index + 1)
    expect(scenarios.map(({ number }) => number)).toEqual(all)
  })

  it('has for each a version in which it runs, and a reason for every other one', () => {
    for (const { number, profiles, elsewhere } of scenarios) {
      expect(profiles.length, `profiles of ${number}`).toBeGreaterThan(0)
      if (profiles.length < versions.length) expect(elsewhere, `reason of ${number}`).toBeTruthy()
    }
  })
})

describe.each(versions)('the simulated forum of %s', (profile) => {
  let forum: Forum
  let sites: Sites
  beforeAll(async () => {
    forum = await startForum({ profile, control: true })
    sites = sitesOf({ url: forum.url, profile, users: [], control: true })
  })
  afterAll(() => forum.stop())

  const everything = needsMet({ url: '', profile, users: [], control: true }, [])
  for (const scenario of scenarios.filter((one) => reasonToSkip(one, profile, everything) === null)) {
    it(`[${scenario.number}] ${scenario.title}`, async () => scenario.run(await sites.open(scenario.number)))
  }
})

describe('the run against a forum that cannot be controlled', () => {
  let forum: Forum
  beforeAll(async () => {
    const users = [{ username: 'eve' }, { username: 'alice' }]
    forum = await startForum({ profile: 'latest', users })
  })
  afterAll(() => forum.stop())

  it('needs users only, says what it left out and why, and finds what is wrong', async () => {
    const credentials = ['eve', 'alice'].map((username) => ({ username, password: 'password' }))
    const target: Target = { url: forum.url, profile: 'latest', users: credentials, control: false }
    const lines: string[] = []
    const some = scenarios.filter(({ number }) => [1, 10, 20, 64, 68].includes(number))
    expect(await runScenarios(some, target, [], (line) => lines.push(line))).toEqual({
      passed: 3,
      failed: 0,
      skipped: 2,
    })
    expect(lines[1]).toBe('skip 10 a custom scheme is shown without a trailing colon # needs control')
    expect(lines[3]).toMatch(/^skip 64 .* # needs limits$/)

    // Two members, each logged in once.
    expect(forum.requests.filter(({ path }) => path === '/session.json')).toHaveLength(2)

    const older = { ...target, profile: '3.4' } as const
    expect(await runScenarios(some.slice(0, 1), older, [], (line) => lines.push(line))).toMatchObject({ failed: 1 })
    expect(lines.at(-1)).toBe(
      'not ok 1 HEAD new returns version 4 and advertises the device flow # device header: expected null, got "true"',
    )
  })
})
