import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

// Development programs. Those that run built code were built before, as `npm test` does.

const root = path.join(import.meta.dirname, '..')
const scripts: readonly (readonly [string, string])[] = Object.entries(packageJson.scripts)
const ours = scripts.filter(([, command]) => command.startsWith('node '))
/** They answer `--help` themselves. */
const tools = new Set(['biome', 'knip', 'playwright', 'tsc', 'vite', 'vitest'])

/** What a script prints with these arguments, and how it ends. */
const run = async (script: string, ...args: readonly string[]) => {
  const [, ...words] = (packageJson.scripts as Readonly<Record<string, string>>)[script]?.split(' ') ?? []
  const child = spawn(process.execPath, [...words, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [printed, mistakes, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { printed, mistakes, status }
}

describe('npm scripts', () => {
  it('are our own programs, or one tool that knows --help', () => {
    const others = scripts.filter(([name]) => !ours.some(([own]) => own === name))
    for (const [name, command] of others) expect(tools, name).toContain(command.split(' ')[0])
    expect(ours.length).toBeGreaterThan(15)
  })

  // Each is a process of its own, so that they need not wait for each other.
  it.concurrent.each(ours.map(([name]) => name))('%s answers --help instead of starting', async (name) => {
    const { printed, mistakes, status } = await run(name, '--help')
    expect(mistakes).toBe('')
    expect(status).toBe(0)
    // npm has short names for two of them; Playwright has a help of its own.
    if (name.startsWith('pictures:')) return expect(printed).toContain('Usage: npx playwright test')
    expect(printed).toContain(`Usage: npm ${/^(test|start)$/.test(name) ? name : `run ${name}`}`)
    expect(Math.max(...printed.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(104)
  })

  it.concurrent.each(['check', 'lock', 'checksums'])('%s refuses an option that it does not have', async (name) => {
    const { printed, mistakes, status } = await run(name, '--no-such-option')
    expect([printed, status]).toEqual(['', 2])
    expect(mistakes).toContain('--no-such-option')
  })
})
