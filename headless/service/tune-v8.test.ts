import { afterEach, expect, it, vi } from 'vitest'
import { tuneV8 } from './tune-v8.ts'

const forAll = ['--optimize-for-size', '--semi-space-growth-factor=1']
const flags = vi.hoisted((): string[] => [])
vi.mock('node:v8', () => ({ setFlagsFromString: (flag: string) => flags.push(flag) }))
afterEach(() => void flags.splice(0))

it.each([
  ['Node 20', '11.3.244.8-node.38', [...forAll, '--interrupt-budget=3000000', '--memory-reducer-single-gc']],
  ['Node 22', '12.4.254.21-node.33', forAll],
  ['Node 24', '13.6.233.10-node.27', forAll],
])('a flag is set only where V8 has it: %s', (_name, version, expected) => {
  tuneV8(version)
  expect(flags).toEqual(expected)
})
