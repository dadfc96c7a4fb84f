import { homedir, userInfo } from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { ignoreEmptyHome } from './ignore-empty-home.ts'

afterEach(() => vi.unstubAllEnvs())

it.each([
  ['', userInfo().homedir],
  ['/home/eve', '/home/eve'],
])('with HOME=%s the home folder is %s', (given, home) => {
  vi.stubEnv('HOME', given)
  ignoreEmptyHome(process.env)
  expect(homedir()).toBe(home)
})
