// `npm run test:faults`: the fault suite in full, of which `npm test` runs a part.
import { spawnSync } from 'node:child_process'
import * as path from 'node:path'
import { readOptions } from '../build/read-options.mjs'

readOptions(
  `Usage: npm run test:faults

Runs the fault suite in full: every hostile answer at every place, and 12 hours of hostile JSON. Takes
about seven minutes.`,
  {},
)

const root = path.join(import.meta.dirname, '..')
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/faults', 'engine/discourse/hostile-json.test.ts'],
  // Windows finds `npx.cmd` only through a shell.
  {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, FAULTS: 'all' },
  },
)
process.exit(status ?? 1)
