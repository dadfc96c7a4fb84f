import { afterEach, expect, it, vi } from 'vitest'
import { optimizeHotCodeOnly } from './optimize-hot-code-only.ts'

const flags = vi.hoisted((): string[] => [])
vi.mock('node:v8', () => ({ setFlagsFromString: (flag: string) => flags.push(flag) }))
afterEach(() => void flags.splice(0))

it.each([
  ['Node 20', '11.3.244.8-node.38', ['--interrupt-budget=3000000']],
  ['Node 22', '12.4.254.21-node.33', []],
  ['Electron 33', '13.0.245.19-electron.0', []],
])('a flag is set only where V8 has it: %s', (_name, version, expected) => {
  optimizeHotCodeOnly(version)
  expect(flags).toEqual(expected)
})
