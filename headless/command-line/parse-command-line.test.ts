import { describe, expect, it } from 'vitest'
import { parseCommandLine } from './parse-command-line.ts'
import { usageFailure } from './usage-reason.ts'

const reasonOf = (...args: readonly string[]): string => {
  const parsed = parseCommandLine(args)
  return parsed.kind === 'mistake' ? String(usageFailure(parsed.reason, '').params?.['reason']) : `(${parsed.kind})`
}

describe('a command line', () => {
  it('names a command, its words and its options, in any order', () => {
    const expected = { kind: 'run', name: 'add', words: ['meta.example'], options: { method: 'paste', json: true } }
    expect(parseCommandLine(['add', 'meta.example', '--method', 'paste', '--json'])).toEqual(expected)
    expect(parseCommandLine(['add', '--json', '--method=paste', 'meta.example'])).toEqual(expected)
    expect(parseCommandLine(['--json', 'add', 'meta.example', '--method', 'paste'])).toEqual(expected)
  })

  it('may have options of every command before the name', () => {
    expect(parseCommandLine(['--profile', '/p', 'status'])).toMatchObject({
      name: 'status',
      options: { profile: '/p' },
    })
    expect(parseCommandLine(['--profile=/p', '--json', 'status'])).toMatchObject({ name: 'status' })
  })

  it.each([
    [[], undefined],
    [['--help'], undefined],
    [['-h'], undefined],
    [['help'], undefined],
    [['help', 'pause'], 'pause'],
    [['pause', '--help'], 'pause'],
    [['--help', 'pause'], 'pause'],
    [['add', '-h', 'anything', 'else'], 'add'],
  ] as const)('asks for help: %j', (args, name) => {
    const parsed = parseCommandLine(args)
    expect([parsed.kind, parsed.kind === 'help' ? parsed.command?.name : '']).toEqual(['help', name])
  })

  it.each([[['--version']], [['status', '--version']]])('asks for the version: %j', (args) => {
    expect(parseCommandLine(args)).toEqual({ kind: 'version' })
  })

  it.each([
    [['stats'], 'There is no command “stats”. Did you mean “status”?'],
    [['puase'], 'There is no command “puase”. Did you mean “pause”?'],
    [['test'], 'There is no command “test”. Did you mean “test-notification”?'],
    [['constructor'], 'There is no command “constructor”.'],
    [['status', '--jsn'], 'There is no option --jsn. Did you mean “--json”?'],
    [['status', '--no-such-option'], 'There is no option --no-such-option.'],
    [
      ['add', 'x', '--method', 'pste'],
      'The value of --method is one of these: device, redirect, paste. Did you mean “paste”?',
    ],
    [['status', '--color', 'sometimes'], 'The value of --color is one of these: auto, always, never.'],
    [['completion', 'bahs'], 'The value of <shell> is one of these: bash, zsh, fish. Did you mean “bash”?'],
    [['add'], 'Something is missing: add <address>.'],
    [['add', 'a', 'b'], 'Too many words: add <address>.'],
    [['serve', '--port'], 'A value is missing: --port N.'],
    [['status', '--json=yes'], 'The option --json takes no value.'],
    [['serve', '--port', '--no-open'], 'A value is missing: --port N.'],
    [['status', '-x'], 'There is no option -x.'],

    [['pause', '-1h'], 'There is no option -1.'],
    [['-v'], 'There is no option -v. Did you mean “--version”?'],
    [['--jsn'], 'There is no option --jsn. Did you mean “--json”?'],
    [['--profile'], 'A value is missing: --profile DIR.'],
    [['--json'], 'A command is missing, such as “status”.'],
  ])('says what is wrong with %j', (args, reason) => {
    expect(reasonOf(...args)).toBe(reason)
  })
})
