import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { forwardToRunningInstance } from './forward-to-running-instance.ts'

const t = createTranslate()
const url = 'discourse://auth_redirect?payload=abc'

describe('a profile that the headless shell has', () => {
  const setUp = (result: Result<unknown>) => {
    const calls: ControlCall[] = []
    const call = async (made: ControlCall) => {
      calls.push(made)
      return result
    }
    return { calls, call }
  }

  it('is left alone, and the user told', async () => {
    const { calls, call } = setUp(ok(null))
    expect(await forwardToRunningInstance(call, undefined, t)).toBe(t('failure.already_running'))
    expect(calls).toEqual([])
  })

  it('is given the address', async () => {
    const { calls, call } = setUp(ok({ account: 'a1' }))
    expect(await forwardToRunningInstance(call, url, t)).toBe(t('failure.already_running'))
    expect(calls).toEqual([{ call: 'command', name: 'attempt.accept', input: { text: url } }])
  })

  it('says why it did not take the address', async () => {
    const { call } = setUp(fail('nothing_waiting'))
    expect(await forwardToRunningInstance(call, url, t)).toBe(t('failure.nothing_waiting'))
  })
})
