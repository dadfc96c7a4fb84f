import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import { ForumClock } from './forum-clock.ts'

describe('the clock of a forum', () => {
  it('goes on with the one below it, and can be ahead of it', () => {
    const below = createFakeClock(1000)
    const clock = new ForumClock(below)
    const fired: string[] = []
    clock.after(300, () => fired.push('late'))
    clock.after(200, () => fired.push('early'))
    clock.after(5000, () => fired.push('last'))
    clock.advance(100)
    expect([clock.now(), fired]).toEqual([1100, []])
    below.advance(100)
    expect([clock.now(), fired]).toEqual([1200, ['early']])
    clock.advance(1000)
    expect(fired).toEqual(['early', 'late'])
    below.advance(3799)
    expect(fired).toHaveLength(2)
    below.advance(1)
    expect([fired, below.pending()]).toEqual([['early', 'late', 'last'], 0])
  })

  it('fires what is due at the same leap in its order, but for what that cancelled', () => {
    const below = createFakeClock()
    const clock = new ForumClock(below)
    const fired: string[] = []
    const cancel = clock.after(20, () => fired.push('second'))
    clock.after(10, () => {
      fired.push('first')
      cancel()
    })
    clock.advance(30)
    expect([fired, below.pending()]).toEqual([['first'], 0])
  })
})
