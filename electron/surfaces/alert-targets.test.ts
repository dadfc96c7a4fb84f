import { expect, it } from 'vitest'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { openAlertTargets } from './alert-targets.ts'

const target = (number: number) => ({ account: 'a1', url: `https://meta.example/t/${number}` })

it('what a notification opens is known after a restart, by its tag or by a text that has it', () => {
  const files = createMemoryFiles()
  const first = openAlertTargets(files)
  first.remember('a1-7', target(7))
  first.remember('a1-71', target(71))
  first.remember('a1-7', target(8))
  const next = openAlertTargets(files)
  expect(next.of('a1-7')).toEqual(target(8))
  expect(next.findIn('type=click&tag=a1-71')).toEqual(target(71))
  expect([next.of('a1-9'), next.findIn('type=click&tag=12345')]).toEqual([undefined, undefined])
})

it('the newest hundred are kept', () => {
  const files = createMemoryFiles()
  const targets = openAlertTargets(files)
  for (let number = 0; number <= 100; number += 1) targets.remember(`a1-${number}`, target(number))
  const next = openAlertTargets(files)
  expect([next.of('a1-0'), next.of('a1-1')?.url, next.of('a1-100')?.url]).toEqual([
    undefined,
    'https://meta.example/t/1',
    'https://meta.example/t/100',
  ])
})

it.each([undefined, {}, 'x', [['a1-7', { account: 7 }]], [['a1-7', { account: 'a1', url: 'x'.repeat(5000) }]]])(
  'a file that we did not write counts as empty: %j',
  (stored) => {
    const files = createMemoryFiles()
    if (stored !== undefined) files.write('alert-targets', stored as object)
    expect(openAlertTargets(files).of('a1-7')).toBeUndefined()
  },
)
