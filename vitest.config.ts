import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,engine,electron,headless,renderer,build,test}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // Times of day are compared as UTC has them; what depends on time zones names its own.
    env: { TZ: 'UTC' },
    // Vitest leaves one core to itself, which on two cores is half of them; much of the time is spent waiting for sockets,
    // processes and disks, so that one worker more than there are cores keeps them busy.
    maxWorkers: availableParallelism() + 1,
    // Asked for by `npm run coverage:electron`: what cannot be run here is at least all run on the double.
    coverage: {
      include: ['electron/**/*.ts'],
      exclude: ['**/*.test.ts', 'electron/testing/**'],
      reporter: ['text'],
      thresholds: { lines: 90 },
    },
    // Tests wait for conditions; these only end a wait in vain, and leave room for a machine that is busy with other things.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['renderer/testing/wait-patiently.ts'],
  },
})
