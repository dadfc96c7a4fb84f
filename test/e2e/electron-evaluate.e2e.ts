import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// The way these specifications look into the main process, held to its own weakness (see keepResults).

needs('desktop')

test('an answer of the main process outlives a garbage collection at each of its steps', async ({ notifierOf }) => {
  const { app } = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  await app?.evaluate(() => {
    const { getBuiltinModule } = globalThis.process
    getBuiltinModule('v8').setFlagsFromString('--expose-gc')
    const collect: () => void = getBuiltinModule('vm').runInNewContext('gc')
    Object.assign(globalThis, { collect })
    setInterval(collect, 1)
  })
  for (let asked = 0; asked < 50; asked += 1) {
    // Between the steps in which an answer is passed on the program has others, and each may collect garbage.
    const isReady = await app?.evaluate(async (electron) => {
      const collectAtSteps = async () => {
        for (let step = 0; step < 20; step += 1) {
          await undefined
          Reflect.get(globalThis, 'collect')()
        }
      }
      void collectAtSteps()
      return electron.app.isReady()
    })
    expect(isReady).toBe(true)
    expect(await app?.evaluate('process.type')).toBe('browser')
  }
})
