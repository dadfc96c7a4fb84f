import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-options.ts'

describe('the command line of the simulated forum', () => {
  it('has defaults for everything', () => {
    expect(readCommandLine([])).toMatchObject({
      kind: 'start',
      options: {
        profile: '3.4',
        host: '127.0.0.1',
        port: 4300,
        path: '',
        users: [{ username: 'eve' }, { username: 'alice' }],
      },
    })
  })

  it('reads what is given', () => {
    const args = ['--profile', 'latest', '--port=0', '--path', '/forum/', '--user', 'a:b:c', '--user', 'd:e']
    expect(readCommandLine(args)).toMatchObject({
      options: {
        profile: 'latest',
        port: 0,
        path: '/forum',
        users: [
          { username: 'a', password: 'b:c' },
          { username: 'd', password: 'e' },
        ],
      },
    })
  })

  it.each([
    [['--profile', '1.0'], 'profile'],
    [['--port', '70000'], 'port'],
    [['--port', 'x'], 'port'],
    [['--path', 'forum'], 'path'],
    [['--user', 'eve'], 'user'],
    [['--user', 'eve:a', '--user', 'Eve:b'], 'twice'],
    [['--host', ''], 'host'],
    [['--nonsense'], 'nonsense'],
    [['word'], 'word'],
  ])('explains %j', (args, word) => {
    expect(readCommandLine(args)).toEqual({ kind: 'mistake', sentence: expect.stringContaining(word) })
  })

  it('offers help', () => {
    expect(readCommandLine(['--help'])).toEqual({ kind: 'help' })
  })
})
