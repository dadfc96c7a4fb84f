import { afterEach, expect, it, vi } from 'vitest'
import { CommandLineDouble } from '../testing/electron-double.ts'
import { tuneMainProcess, tunePages } from './tune-v8.ts'

const flags = vi.hoisted((): string[] => [])
vi.mock('node:v8', () => ({ setFlagsFromString: (flag: string) => flags.push(flag) }))
afterEach(() => void flags.splice(0))

it('the main process keeps its young generation small and does without TurboFan', () => {
  tuneMainProcess()
  expect(flags).toEqual(['--semi-space-growth-factor=1', '--no-turbofan'])
})

it('pages do without TurboFan', () => {
  const commandLine = new CommandLineDouble()
  tunePages({ commandLine })
  expect(commandLine.switches).toEqual(new Map([['js-flags', '--no-turbofan']]))
})

it('what the command line says about V8 stays', () => {
  const commandLine = new CommandLineDouble([['js-flags', '--expose-gc']])
  tunePages({ commandLine })
  expect(commandLine.switches).toEqual(new Map([['js-flags', '--expose-gc']]))
})
