/**
 * The listeners that a program under test adds for errors that nobody caught. The test runner has some of its own, which
 * stay.
 */
export const watchCrashListeners = () => {
  const exceptions = process.listeners('uncaughtException')
  const rejections = process.listeners('unhandledRejection')
  const added = () => ({
    exceptions: process.listeners('uncaughtException').filter((listener) => !exceptions.includes(listener)),
    rejections: process.listeners('unhandledRejection').filter((listener) => !rejections.includes(listener)),
  })
  return {
    added,
    remove: (): void => {
      for (const listener of added().exceptions) process.off('uncaughtException', listener)
      for (const listener of added().rejections) process.off('unhandledRejection', listener)
    },
  }
}
