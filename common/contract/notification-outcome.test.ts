import { describe, expect, it } from 'vitest'
import { createTranslate, failureSentence } from '../i18n/i18n.ts'
import { notificationFailure } from './notification-outcome.ts'

const t = createTranslate()

describe('why a notification was not seen', () => {
  it('is nothing when it was shown', () => {
    expect(notificationFailure({ kind: 'shown' })).toBeUndefined()
  })

  it.each([
    [{ kind: 'refused' }, /^Notifications of Discourse Notifier are turned off/],
    [{ kind: 'unsupported' }, /^Nothing on this computer shows notifications/],
    [{ kind: 'failed', reason: 'no room' }, /\(no room\)/],
  ] as const)('is said for %o', (outcome, sentence) => {
    const failure = notificationFailure(outcome)
    expect(failure && failureSentence(t, failure)).toMatch(sentence)
  })
})
