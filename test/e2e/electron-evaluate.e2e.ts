import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// The way these specifications look into the main process, held to its own weakness (see keepResults).

needs('desktop')

test('an answer of the main process outlives a garbage collection each millisecond', async ({ notifierOf }) => {
  const { app } = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  await app?.evaluate(() => {
    const { getBuiltinModule } = globalThis.process
    getBuiltinModule('v8').setFlagsFromString('--expose-gc')
    const collect: () => void = getBuiltinModule('vm').runInNewContext('gc')
    setInterval(collect, 1)
  })
  // Without keepResults one answer in twelve is lost.
  for (let asked = 0; asked < 50; asked += 1) {
    expect(await app?.evaluate((electron) => electron.app.isReady())).toBe(true)
    expect(await app?.evaluate('process.type')).toBe('browser')
  }
})
