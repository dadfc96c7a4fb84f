import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,engine,electron,headless,renderer,build,test}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // Asked for by `npm run coverage:electron`: what cannot be run here is at least all run on the double.
    coverage: {
      include: ['electron/**/*.ts'],
      exclude: ['**/*.test.ts', 'electron/testing/**'],
      reporter: ['text'],
      thresholds: { lines: 90 },
    },
    // Tests wait for conditions; these only end a wait in vain, and leave room for a busy machine.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
