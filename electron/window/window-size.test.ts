import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { openWindowSize } from './window-size.ts'

const clock = createFakeClock()
const screen = { width: 1920, height: 1040 }

it('the size that the user gave the window is there again, also after a restart', () => {
  const files = createMemoryFiles()
  const first = openWindowSize(files, clock)
  expect(first.fitting(screen)).toEqual({})
  for (const width of [700, 720, 1150]) first.keep({ width, height: 640 })
  expect(first.fitting(screen)).toEqual({ width: 1150, height: 640 })
  clock.advance(1000)
  expect(openWindowSize(files, clock).fitting(screen)).toEqual({ width: 1150, height: 640 })
})

it('a smaller screen limits it, and a larger one has it back', () => {
  const size = openWindowSize(createMemoryFiles(), clock)
  size.keep({ width: 1800, height: 1000 })
  expect(size.fitting({ width: 1280, height: 700 })).toEqual({ width: 1280, height: 700 })
  expect(size.fitting(screen)).toEqual({ width: 1800, height: 1000 })
})

it.each([[], { width: 'x', height: 600 }, { width: 0, height: -1 }, { width: 1e9, height: 600 }, { width: 700 }])(
  'a file that we did not write counts as none: %j',
  (stored) => {
    const files = createMemoryFiles()
    files.write('window-size', stored)
    expect(openWindowSize(files, clock).fitting(screen)).toEqual({})
  },
)
