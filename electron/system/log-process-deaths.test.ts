import { expect, it } from 'vitest'
import { AppDouble, EventDouble } from '../testing/electron-double.ts'
import { logProcessDeaths } from './log-process-deaths.ts'

it('a process of ours that dies is logged, one that ends as it should is not', () => {
  const app = new AppDouble()
  const logged: unknown[] = []
  logProcessDeaths(app, (...entry) => logged.push(entry))
  app.emit('render-process-gone', new EventDouble(), {}, { reason: 'crashed', exitCode: 11 })
  app.emit('child-process-gone', new EventDouble(), { type: 'GPU', reason: 'killed', exitCode: 9 })
  app.emit('child-process-gone', new EventDouble(), { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
  expect(logged).toEqual([
    ['error', 'process', { type: 'page', reason: 'crashed', exitCode: 11 }],
    ['error', 'process', { type: 'GPU', reason: 'killed', exitCode: 9 }],
  ])
})
