import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../../../common/contract/notification.ts'
import { type AlertLevel, defaultAccount } from '../../../common/preferences/preferences.ts'
import { wantsAlert } from './level.ts'

const messages = [
  'private_message',
  'invited_to_private_message',
  'group_message_summary',
  'chat_message',
  'chat_invitation',
  'mentioned',
  'group_mentioned',
  'chat_mention',
  'chat_group_mention',
]
const direct = [
  ...messages,
  'replied',
  'quoted',
  'chat_quoted',
  'chat_watched_thread',
  'question_answer_user_commented',
]

describe.each<[AlertLevel, readonly string[]]>([
  ['everything', notificationKinds],
  ['direct', direct],
  ['messages', messages],
  ['nothing', []],
])('the level %s', (level, told) => {
  it.each(notificationKinds)('decides about %s, chosen for all or for the account', (kind) => {
    const item = { kind, topic: 7 }
    const wants = told.includes(kind)
    expect(wantsAlert(item, defaultAccount, level)).toBe(wants)
    expect(wantsAlert(item, { ...defaultAccount, level }, 'everything')).toBe(wants)
    expect(wantsAlert(item, { ...defaultAccount, level }, 'nothing')).toBe(wants)
  })

  it.each(notificationKinds)('gives way to what was chosen for %s, and that to a muted topic', (kind) => {
    const item = { kind, topic: 7 }
    const always = { ...defaultAccount, level, kinds: { [kind]: 'always' as const } }
    expect(wantsAlert(item, always, 'nothing')).toBe(true)
    expect(wantsAlert(item, { ...always, mutedTopics: [1, 7] }, 'everything')).toBe(false)
    expect(wantsAlert(item, { ...always, mutedTopics: [1] }, 'nothing')).toBe(true)
    expect(wantsAlert({ kind, topic: null }, { ...always, mutedTopics: [7] }, 'nothing')).toBe(true)
    expect(wantsAlert(item, { ...defaultAccount, level, kinds: { [kind]: 'never' } }, 'everything')).toBe(false)
  })
})
