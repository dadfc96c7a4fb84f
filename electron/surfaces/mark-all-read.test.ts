import { describe, expect, it } from 'vitest'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { sampleAccount, sampleCounts, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createMarkAllRead } from './mark-all-read.ts'

const one = sampleAccount({ counts: sampleCounts(3) })
const two = sampleAccount({ id: 'a2', counts: sampleCounts(0, 1) }, 'https://rust.example')
const quiet = sampleAccount({ id: 'a3' }, 'https://quiet.example')

const setUp = (accounts: readonly AccountView[], isSure: boolean, failure?: Failure) => {
  const asked: unknown[] = []
  const done: unknown[] = []
  const notified: string[] = []
  const mark = createMarkAllRead({
    engine: {
      snapshot: () => sampleSnapshot({ accounts: [...accounts] }),
      execute: async (name, input) => {
        done.push([name, input])
        return failure === undefined ? { ok: true, value: null } : { ok: false, failure }
      },
    },
    ask: async (question) => {
      asked.push(question)
      return isSure
    },
    notify: (text) => notified.push(text),
    t: createTranslate(),
  })
  return { mark, asked, done, notified }
}

describe('marking all as read from the tray', () => {
  it('asks first, and does nothing when the answer is no', async () => {
    const { mark, asked, done } = setUp([one, quiet], false)
    await mark()
    expect(asked).toEqual([
      {
        // Another forum has the same title.
        message: 'Mark everything on Meta (meta.example) as read?',
        detail: expect.stringContaining('Every notification of eve becomes read'),
        buttons: ['Mark all as read', 'Cancel'],
      },
    ])
    expect(done).toEqual([])
  })

  it('marks every account with something new', async () => {
    const { mark, asked, done, notified } = setUp([one, two, quiet], true)
    await mark()
    expect(asked).toEqual([expect.objectContaining({ message: 'Mark everything on 2 forums as read?' })])
    expect(done).toEqual([
      ['account.readAll', { account: 'a1' }],
      ['account.readAll', { account: 'a2' }],
    ])
    expect(notified).toEqual([])
  })

  it('reports what a forum did not do', async () => {
    const { mark, notified } = setUp([one], true, { code: 'read_only', params: { host: 'meta.example' } })
    await mark()
    expect(notified).toEqual([expect.stringContaining('meta.example is in read-only mode')])
  })

  it('asks once, however often it is called while the question is open', async () => {
    const { mark, asked, done } = setUp([one], true)
    await Promise.all([mark(), mark()])
    expect([asked.length, done.length]).toEqual([1, 1])
    await mark()
    expect(asked).toHaveLength(2)
  })

  it('says nothing about what was cancelled because the program ended', async () => {
    const { mark, notified } = setUp([one], true, { code: 'cancelled' })
    await mark()
    expect(notified).toEqual([])
  })

  it('asks nothing when nothing is new', async () => {
    const { mark, asked } = setUp([quiet], true)
    await mark()
    expect(asked).toEqual([])
  })
})
