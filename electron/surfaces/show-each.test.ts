import { expect, it } from 'vitest'
import { sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createShowEach } from './show-each.ts'

it('a place that fails does not affect the others, is logged once, and is tried again', () => {
  const shown: string[] = []
  const noted: unknown[] = []
  let isBroken = true
  const show = createShowEach(
    {
      tray: () => {
        if (isBroken) throw new Error('no such image')
        shown.push('tray')
      },
      title: () => shown.push('title'),
    },
    (...entry) => noted.push(entry),
  )
  show(sampleSnapshot())
  show(sampleSnapshot())
  expect(shown).toEqual(['title', 'title'])
  expect(noted).toEqual([['error', 'show', { place: 'tray' }]])
  isBroken = false
  show(sampleSnapshot())
  expect(shown.slice(2)).toEqual(['tray', 'title'])
})
