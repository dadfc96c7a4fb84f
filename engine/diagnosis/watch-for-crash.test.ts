import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchCrashListeners } from '../../test/rig/crash-listeners.ts'
import { crashParams, watchForCrash } from './watch-for-crash.ts'

describe('an error that nobody caught', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    listeners.remove()
  })
  const listeners = watchCrashListeners()

  const watch = () => {
    const done: string[] = []
    const onCrash = watchForCrash({
      log: (level, event) => void done.push(`${level} ${event}`),
      end: () => void done.push('end'),
      endNow: () => void done.push('end now'),
    })
    return { done, onCrash }
  }

  it('is logged and ends the program in order', () => {
    const { done, onCrash } = watch()
    expect(listeners.added()).toEqual({ exceptions: [onCrash], rejections: [onCrash] })
    onCrash(new Error('any'))
    expect(done).toEqual(['error crash', 'end'])
  })

  it('ends it at once when it is the second, or when ending in order takes too long', () => {
    const twice = watch()
    twice.onCrash(new Error('one'))
    twice.onCrash(new Error('another'))
    expect(twice.done).toEqual(['error crash', 'end', 'error crash', 'end now'])
    const slow = watch()
    slow.onCrash(new Error('any'))
    vi.advanceTimersByTime(2999)
    expect(slow.done).not.toContain('end now')
    vi.advanceTimersByTime(1)
    expect(slow.done).toContain('end now')
  })

  it('is logged with its kind and its places, and without its message', () => {
    const error = Object.assign(new TypeError('key 0123 of eve\n    at eve@https://meta.example/t/eve:2:3'), {
      code: 'EPIPE',
    })
    const { places, ...rest } = crashParams(error)
    expect(rest).toEqual({ code: 'internal', kind: 'TypeError', reason: 'EPIPE' })
    expect(places).toMatch(/^watch-for-crash\.test\.ts:\d+:\d+( |$)/)
    expect(places).not.toMatch(/eve|\//)
  })

  it.each([undefined, null, 'eve', 5, { stack: 'x' }])('may be no error at all: %j', (thrown) => {
    expect(crashParams(thrown)).toEqual({ code: 'internal', kind: typeof thrown })
  })

  it('may have a name or a code that is somebody’s text', () => {
    const odd = Object.assign(new Error('x'), { name: 'eve <eve@example.com>', code: 'eve eve', stack: undefined })
    expect(crashParams(odd)).toEqual({ code: 'internal', kind: 'Error', places: '' })
  })
})
