import { afterEach, describe, expect, it, vi } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { language } from './output.ts'
import { runCli } from './run-cli.ts'

afterEach(() => vi.restoreAllMocks())

/** What a command line prints, and its exit status. */
const run = async (...args: readonly string[]) => {
  const printed: string[] = []
  const complained: string[] = []
  // In English, whatever the machine's language is.
  vi.spyOn(language, 'follow').mockResolvedValue()
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => complained.push(String(text)) > 0)
  const status = await runCli(args)
  vi.restoreAllMocks()
  return { status, printed: printed.join(''), complained: complained.join('') }
}

describe('the command line', () => {
  it.each([[['--help']], [['-h']], [['help']], [[]]])('helps on %j', async (args) => {
    const { status, printed } = await run(...args)
    expect(status).toBe(0)
    expect(printed).toContain('Usage: discourse-notifier <command>')
  })

  it('helps with one command', async () => {
    expect((await run('revoke', '--help')).printed).toContain('Usage: discourse-notifier revoke <account> [options]')
  })

  it('tells its version', async () => {
    expect(await run('--version')).toEqual({ status: 0, printed: `${packageJson.version}\n`, complained: '' })
  })

  it('says on standard error what it did not understand, and in JSON where that was asked for', async () => {
    const { status, printed, complained } = await run('statsu')
    expect([status, printed]).toEqual([2, ''])
    expect(complained).toContain('Did you mean “status”?')
    // The way to help once, and to that of the command where there is one.
    expect(complained.match(/--help/g)).toHaveLength(1)
    expect((await run('pause', 'a', 'b', 'c')).complained).toMatch(/`discourse-notifier pause --help`[^`]*$/)
    const asJson = await run('statsu', '--json')
    expect([asJson.status, asJson.complained]).toEqual([2, ''])
    expect(JSON.parse(asJson.printed).error.code).toBe('usage')
  })

  it('exits with 3 where no notifier runs', async () => {
    const { status, printed, complained } = await run('status', '--profile', '/nowhere/at/all')
    expect([status, printed]).toEqual([3, ''])
    expect(complained).toMatch(/^discourse-notifier: [A-Z].*\.\n$/)
  })
})
