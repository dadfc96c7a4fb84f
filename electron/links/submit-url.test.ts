import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { sampleAttempt, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createSubmitUrl } from './submit-url.ts'

const t = createTranslate()
const url = 'discourse://auth_redirect?payload=abc'

describe('an address that has arrived', () => {
  const setUp = (result: Result<null>, attempts = [sampleAttempt()]) => {
    const done: unknown[][] = []
    const accept = createSubmitUrl({
      engine: {
        execute: async (...command) => {
          done.push(['execute', ...command])
          return result
        },
        snapshot: () => sampleSnapshot({ attempts }),
      },
      showWindow: () => done.push(['show']),
      notify: (text) => done.push(['notify', text]),
      t,
    })
    return { accept, done }
  }

  it('is passed to the engine with the window open, so that the result is visible', async () => {
    const { accept, done } = setUp(ok(null))
    await accept(url)
    expect(done).toEqual([['show'], ['execute', 'attempt.accept', { text: url }]])
  })

  it('is not reported twice when its attempt shows the failure', async () => {
    const failing = sampleAttempt({ state: { kind: 'waiting', failure: { code: 'payload_rejected' } } })
    const { accept, done } = setUp(fail('payload_rejected'), [failing])
    await accept(url)
    expect(done).toHaveLength(2)
  })

  it('is not reported when the program is ending', async () => {
    const { accept, done } = setUp(fail('cancelled'), [])
    await accept(url)
    expect(done).toHaveLength(2)
  })

  it('is reported when nothing was waiting for it, without repeating it', async () => {
    const { accept, done } = setUp(fail('nothing_waiting'), [])
    await accept(url)
    expect(done.at(-1)).toEqual(['notify', t('failure.nothing_waiting')])
    expect(JSON.stringify(done.at(-1))).not.toContain('abc')
  })
})
