import { describe, expect, it } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

describe('a concurrency limit', () => {
  it('lets in as many as there are places, then by order of arrival, the urgent first', async () => {
    const limit = createConcurrencyLimit(2)
    const inside: string[] = []
    const enter = async (name: string, isUrgent = false) => {
      const leave = await limit.enter(isUrgent)
      inside.push(name)
      return leave
    }
    const first = await enter('first')
    const second = await enter('second')
    const third = enter('third')
    const fourth = enter('fourth')
    const urgent = enter('urgent', true)
    first()
    const leaveUrgent = await urgent
    expect(inside).toEqual(['first', 'second', 'urgent'])
    second()
    await third
    leaveUrgent()
    await fourth
    expect(inside).toEqual(['first', 'second', 'urgent', 'third', 'fourth'])
  })

  it('frees a place once, however often that is said', async () => {
    const limit = createConcurrencyLimit(1)
    const leave = await limit.enter(false)
    leave()
    leave()
    await limit.enter(false)
    let isIn = false
    void limit.enter(false).then(() => {
      isIn = true
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(isIn).toBe(false)
  })
})
