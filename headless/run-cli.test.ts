import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { runCli } from './run-cli.ts'

afterEach(() => vi.restoreAllMocks())

/** What a command line prints, and its exit status. */
const run = async (...args: readonly string[]): Promise<{ readonly status: number; readonly printed: string }> => {
  const printed: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text))
    return true
  })
  const status = await runCli(args)
  vi.restoreAllMocks()
  return { status, printed: printed.join('') }
}

describe('the command line', () => {
  it.each([[['--help']], [['-h']], [['help']], [['status', '--help']], [[]]])('helps on %j', async (args) => {
    const { status, printed } = await run(...args)
    expect(status).toBe(0)
    expect(printed).toContain('Usage: discourse-notifier <command>')
  })

  it('names every option in its help, the desktop app’s as well, and docs/command-line.md explains them', async () => {
    const { printed } = await run('--help')
    const page = readFileSync(path.join(import.meta.dirname, '..', 'docs', 'command-line.md'), 'utf8')
    for (const option of ['--profile', '--json', '--version', '--help', '--hidden', '--disable-gpu', '--no-keychain']) {
      expect(printed).toContain(option)
      expect(page).toContain(option)
    }
    const commands = [...printed.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name)
    expect(commands.length).toBeGreaterThan(10)
    for (const name of commands) expect(page).toContain(`\`${name}`)
  })

  it('tells its version', async () => {
    expect(await run('--version')).toEqual({ status: 0, printed: `${packageJson.version}\n` })
  })
})
