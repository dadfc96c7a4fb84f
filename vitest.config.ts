import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,engine,electron,headless,renderer,build,test}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // Tests wait for conditions; these only end a wait in vain, and leave room for a busy machine.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
