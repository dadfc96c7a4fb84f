import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { snapshot } from '../../common/testing/samples.ts'
import { createAnswerControl } from './answer-control.ts'

const empty = snapshot()

describe('the control socket', () => {
  const setUp = () => {
    const done: unknown[][] = []
    const answer = createAnswerControl({
      engine: {
        snapshot: () => empty,
        subscribe: () => () => undefined,
        execute: async (...command) => {
          done.push(['execute', ...command])
          return ok(null)
        },
        begin: async (...begun) => {
          done.push(['begin', ...begun])
          return fail('address_invalid')
        },
      },
      show: () => {
        done.push(['show'])
        return null
      },
      quit: () => done.push(['quit']),
    })
    return { answer, done }
  }

  it('gives the snapshot', async () => {
    expect(await setUp().answer({ call: 'snapshot' })).toEqual(ok(empty))
  })

  it('shows the window and has no address to give', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'show' })).toEqual(ok({ url: null }))
    expect(await answer({ call: 'open' })).toEqual(ok({ url: null }))
    expect(done).toEqual([['show'], ['show']])
  })

  it('passes commands and beginnings on', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'command', name: 'vault.retry', input: {} })).toEqual(ok(null))
    expect(await answer({ call: 'begin', address: 'x', method: 'paste' })).toEqual(fail('address_invalid'))
    expect(done).toEqual([
      ['execute', 'vault.retry', {}],
      ['begin', 'x', 'paste'],
    ])
  })

  it('tells whoever watches a whole snapshot, and then what has changed since it was last asked', async () => {
    let present = empty
    const engine = { snapshot: () => present, subscribe: () => () => undefined }
    const options = { show: () => null, quit: () => undefined }
    const refuse = async () => fail('internal')
    const answer = createAnswerControl({ engine: { ...engine, execute: refuse, begin: refuse }, ...options })
    const stream = await answer({ call: 'watch' })
    if (!('next' in stream)) throw new Error('not a stream')
    expect(stream.next()).toMatchObject({ base: null, revision: empty.revision })
    expect(stream.next()).toBeUndefined()
    present = { ...empty, revision: empty.revision + 2, appVersion: '9.9.9' }
    expect(stream.next()).toMatchObject({ base: empty.revision, others: { appVersion: '9.9.9' } })
  })

  it('ends the program after it has answered', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'quit' })).toEqual(ok(null))
    expect(done).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toEqual([['quit']])
  })
})
