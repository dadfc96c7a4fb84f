import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { areTooLong, findCommand, helpText, readCommandLine, restartArguments } from './command-line.ts'

const nothing = { prints: undefined, profile: undefined, isHidden: false, action: undefined, isWithoutKeychain: false }

describe('arguments that are too long to be passed on', () => {
  it('are those no user and no forum sends', () => {
    expect(
      areTooLong(['--profile', `/home/${'e'.repeat(4000)}`, `discourse://auth_redirect?payload=${'A'.repeat(1000)}`]),
    ).toBe(false)
    expect(areTooLong([`discourse://auth_redirect?payload=${'A'.repeat(9000)}`])).toBe(true)
    expect(areTooLong(Array.from({ length: 5000 }, () => '-x'))).toBe(true)
    expect(areTooLong(['ゆ'.repeat(3000)])).toBe(true)
  })
})

describe('findCommand', () => {
  it.each([
    [['status'], ['status']],
    [
      ['list', '--unread', 'roses'],
      ['list', '--unread', 'roses'],
    ],
    [
      ['--profile', '/p', '--json', 'status', '--watch'],
      ['--profile', '/p', '--json', 'status', '--watch'],
    ],
    [
      ['--profile=/p', 'test-notification'],
      ['--profile=/p', 'test-notification'],
    ],
    // What is for Chromium is not for a command.
    [
      ['--no-sandbox', '--disable-gpu', '--color', 'never', 'help', 'list'],
      ['--color', 'never', 'help', 'list'],
    ],
    // The command line says what was meant.
    [['statsu'], ['statsu']],
  ])('hands %j to the command line', (args, command) => {
    expect(findCommand(args)).toEqual(command)
  })

  it.each([
    [[]],
    [['--hidden']],
    [['--profile', 'status']],
    [['--help']],
    [['discourse://auth_redirect?payload=x']],
    [['--open-url', '--', 'status']],
    [['/home/eve/settings.json']],
    [['-psn_0_1234']],
  ])('leaves %j to the desktop app', (args) => {
    expect(findCommand(args)).toBeUndefined()
  })
})

describe('readCommandLine', () => {
  it('prints nothing without options', () => {
    expect(readCommandLine([])).toEqual(nothing)
    expect(readCommandLine(['/opt/app/main.js', '--inspect=0'])).toEqual(nothing)
  })

  it.each([[['--profile', '/p']], [['--profile=/p']], [['main.js', '--remote-debugging-port=0', '--profile', '/p']]])(
    'finds the profile in %j',
    (args) => {
      expect(readCommandLine(args)?.profile).toBe('/p')
    },
  )

  it('starts hidden when asked', () => {
    expect(readCommandLine(['--hidden'])).toEqual({ ...nothing, isHidden: true })
  })

  it.each(['version', 'help'] as const)('is asked for the %s', (prints) => {
    expect(readCommandLine([`--${prints}`])).toEqual({ ...nothing, prints })
  })

  it.each(['check', 'add'] as const)('asks to %s', (action) => {
    expect(readCommandLine([`--${action}`])).toEqual({ ...nothing, action })
  })

  it('describes each of its options', () => {
    const page = readFileSync(path.join(import.meta.dirname, '..', 'docs', 'command-line.md'), 'utf8')
    for (const option of [
      '--profile',
      '--hidden',
      '--check',
      '--add',
      '--no-keychain',
      '--disable-gpu',
      '--version',
      '--help',
    ]) {
      expect(helpText).toContain(`\n${option} `)
      expect(page).toContain(`\`${option}`)
    }
  })

  it('leaves `--disable-gpu` to Chromium, which reads the same command line', () => {
    expect(readCommandLine(['--disable-gpu', '--hidden'])).toEqual({ ...nothing, isHidden: true })
  })

  it('leaves the keychain alone when asked', () => {
    expect(readCommandLine(['--no-keychain'])).toEqual({ ...nothing, isWithoutKeychain: true })
  })

  it.each([[['--profile']], [['--profile=']], [['--profile', '--hidden']]])(
    'does not fall back to the default profile for %j',
    (args) => {
      expect(readCommandLine(args)).toBeUndefined()
    },
  )

  it('reads nothing that was injected after the address', () => {
    const args = ['--open-url', '--', 'discourse://x', '--profile', '\\\\evil\\share', '--hidden', '--add']
    expect(readCommandLine(args)).toEqual(nothing)
  })
})

describe('restartArguments', () => {
  it('leaves out what was meant for one start only', () => {
    const url = 'discourse://auth_redirect?payload=abc'
    expect(restartArguments(['main.js', '--profile', '/p', '--hidden', '--add', '--check', url])).toEqual([
      'main.js',
      '--profile',
      '/p',
      '--hidden',
    ])
    expect(restartArguments(['--no-keychain', '--open-url', '--', url, '--injected'])).toEqual(['--no-keychain'])
  })
})
