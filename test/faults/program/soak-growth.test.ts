import { expect, it } from 'vitest'
import { growthIn } from './soak-growth.ts'

/** Resident megabytes of 45 minutes with 200 accounts and 5 % faults. */
const measured = [89, 106, 129, 131, 130, 130]

const sixths = (more: { live?: readonly number[]; resident?: readonly number[]; sockets?: readonly number[] }) =>
  measured.map((megabytes, index) => {
    const sockets = more.sockets?.[index] ?? 180
    return {
      megabytes: more.resident?.[index] ?? megabytes,
      live: more.live?.[index] ?? 20.4,
      ...{ sockets, handles: sockets + 20 },
    }
  })

it('does not take the old space that V8 widens in the first half for a leak', () => {
  expect(growthIn(sixths({ live: [21.9, 21.4, 20.3, 20.4, 20.2, 20.2] }))).toEqual([])
})

it('tells a leak of a tenth of what is live, which resident memory does not show', () => {
  const live = [20, 20.4, 20.9, 21.4, 21.9, 22.4]
  expect(growthIn(sixths({ live }))).toEqual(['live memory grew from 20.4 to 22.4'])
})

it('tells growth outside of the heap, of sockets and of handles', () => {
  expect(growthIn(sixths({ resident: [89, 106, 129, 135, 140, 145] }))).toEqual([
    'resident memory grew from 129 to 145',
  ])
  expect(growthIn(sixths({ sockets: [180, 180, 185, 190, 195, 201] }))).toEqual([
    'handles grew from 200 to 221',
    'sockets grew from 180 to 201',
  ])
})

it('tells that a sixth is missing, rather than that all is well', () => {
  expect(growthIn(sixths({}).slice(0, 5))).toEqual(['a sixth was not measured'])
})
