import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,engine,electron,headless,renderer,build,test}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
})
