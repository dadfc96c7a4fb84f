import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { stopServing } from './stop-serving.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** An end of which each step is noted; the files are written when `write` is called. */
const startEnding = (stop: () => Promise<void>) => {
  const steps: string[] = []
  const clock = createFakeClock()
  const note = (step: string) => async (): Promise<void> => void steps.push(step)
  let write: () => void = () => undefined
  const written = new Promise<void>((resolve) => {
    write = () => {
      steps.push('written')
      resolve()
    }
  })
  const ended = stopServing({
    page: { close: note('page closed') },
    engine: { stop },
    notifications: { close: () => void steps.push('notifications closed') },
    files: { settled: () => written },
    claim: { release: note('claim released') },
    clock,
  })
  return { steps, clock, write: () => write(), ended }
}

it('lets go of the profile when its last file is written, however long the engine takes to end', async () => {
  const { steps, clock, write, ended } = startEnding(() => new Promise(() => undefined))
  await turn()
  clock.advance(1000)
  await turn()
  expect(steps).toEqual(['page closed', 'notifications closed'])
  write()
  await ended
  expect(steps.slice(2)).toEqual(['written', 'claim released'])
})

it('does not wait longer when the engine has ended and everything is written', async () => {
  const { steps, clock, write, ended } = startEnding(() => Promise.resolve())
  write()
  await ended
  expect(steps.at(-1)).toBe('claim released')
  expect(clock.pending()).toBe(0)
})
