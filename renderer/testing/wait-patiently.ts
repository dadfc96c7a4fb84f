// Before each test file: what a test looks for in a page may take as long to appear as any other condition
// (vitest.config.ts), where Testing Library alone waits for a second.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 30_000 })
}

export {}
