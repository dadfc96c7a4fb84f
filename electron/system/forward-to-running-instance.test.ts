import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { forwardToRunningInstance } from './forward-to-running-instance.ts'

const t = createTranslate()
const url = 'discourse://auth_redirect?payload=abc'

const setUp = (answers: Partial<Record<ControlCall['call'], Result<unknown>>> = {}, isYes = false) => {
  const calls: ControlCall[] = []
  const said: string[] = []
  const forward = (asked: { readonly url?: string; readonly isUnasked?: boolean } = {}) =>
    forwardToRunningInstance({
      call: async (made) => {
        calls.push(made)
        return answers[made.call] ?? ok(null)
      },
      url: asked.url,
      isUnasked: asked.isUnasked === true,
      dialogs: {
        ask: async ({ message }) => {
          said.push(message)
          return isYes
        },
        inform: async (message) => void said.push(message),
      },
      t,
    })
  return { calls, said, forward }
}

describe('a profile that the headless shell has', () => {
  it('is left alone, and the user told', async () => {
    const { calls, said, forward } = setUp()
    await forward()
    expect([calls, said]).toEqual([[], [t('failure.already_running')]])
  })

  it('says nothing at login, where nobody expects a dialog', async () => {
    const { calls, said, forward } = setUp()
    await forward({ isUnasked: true })
    expect([calls, said]).toEqual([[], []])
  })

  it('is given the address', async () => {
    const { calls, said, forward } = setUp({ command: ok({ account: 'a1' }) })
    await forward({ url })
    expect(calls).toEqual([{ call: 'command', name: 'attempt.accept', input: { text: url } }])
    expect(said).toEqual([t('failure.already_running')])
  })

  it('says why it did not take the address', async () => {
    const { said, forward } = setUp({ command: fail('nothing_waiting') })
    await forward({ url })
    expect(said).toEqual([t('failure.nothing_waiting')])
  })

  it('opens its page where the user wants that', async () => {
    const { calls, said, forward } = setUp({ open: ok({ url: null }) }, true)
    await forward()
    expect([calls, said]).toEqual([[{ call: 'open' }], [t('failure.already_running')]])
  })

  it.each([ok({ url: 'http://127.0.0.1:4000/?token=secret' }), fail('not_running')])(
    'says how to reach its page when that could not be opened, and never its address',
    async (open) => {
      const { said, forward } = setUp({ open }, true)
      await forward()
      expect(said).toEqual([t('failure.already_running'), t('running.notOpened')])
    },
  )
})
