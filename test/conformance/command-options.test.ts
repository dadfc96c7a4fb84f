import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-options.ts'

describe('the command line of the conformance suite', () => {
  it('checks the simulated forum when nothing is given', () => {
    expect(readCommandLine([])).toEqual({ kind: 'check-simulated' })
  })

  it('reads what is given', () => {
    const args = [
      'https://forum.example/talk/',
      '--profile',
      '3.4',
      '--user',
      'a:b:c',
      '--user=d:e',
      '--capability',
      'limits',
    ]
    expect(readCommandLine(args)).toEqual({
      kind: 'check',
      declared: ['limits'],
      target: {
        url: 'https://forum.example/talk',
        profile: '3.4',
        control: false,
        users: [
          { username: 'a', password: 'b:c' },
          { username: 'd', password: 'e' },
        ],
      },
    })
  })

  it('takes a forum as controllable only when told so', () => {
    expect(readCommandLine(['http://127.0.0.1:4300', '--capability', 'control,limits'])).toMatchObject({
      declared: ['control', 'limits'],
      target: { control: true, profile: 'latest' },
    })
  })

  it.each([
    [['forum.example'], 'https://'],
    [['ftp://forum.example'], 'https://'],
    [['https://a.example', 'https://b.example'], 'one address'],
    [['https://a.example', '--profile', '1.0'], 'profile'],
    [['https://a.example', '--user', 'eve'], 'user'],
    [['https://a.example', '--capability', 'magic'], 'magic'],
    [['--profile', 'latest'], 'needs the address'],
    [['--nonsense'], 'nonsense'],
  ])('explains %j', (args, word) => {
    expect(readCommandLine(args)).toEqual({ kind: 'mistake', sentence: expect.stringContaining(word) })
  })

  it('offers help', () => {
    expect(readCommandLine(['--help'])).toEqual({ kind: 'help' })
  })
})
