import { expect, it } from 'vitest'
import type { AccountState } from '../contract/snapshot.ts'
import { createTranslate } from '../i18n/i18n.ts'
import { counts, notification, now, account as sampleAccount } from '../testing/samples.ts'
import { newsLine } from './news-line.ts'

const account = (notifications: number, state: AccountState = { kind: 'fresh' }) =>
  sampleAccount({ state, counts: counts({ notifications }) })
const offline: AccountState = {
  kind: 'offline',
  since: now,
  failure: { code: 'dns_failed', params: { host: 'meta.example' } },
}
const item = (id: number, read: boolean) => notification({ id, read, title: `Topic ${id}` })
const items = [item(3, true), item(2, false), item(1, false)]

it.each([
  ['the newest unread notification', { ...account(2), items }, 'mika mentioned you in “Topic 2”'],
  ['the same before the first answer of this run', { ...account(2, { kind: 'new' }), items }, 'mika mentioned you'],
  ['the counts while no list is known', account(2), '2 notifications'],
  ['the counts when all that is known is read', { ...account(1), items: [item(1, true)] }, '1 notification'],
  ['nothing new when what is unread was seen already', { ...account(0), items }, 'nothing new'],
  ['the trouble first', { ...account(2, offline), items }, 'The server’s name was not found'],
])('the line about an account has %s', (_, shown, line) => {
  expect(newsLine(createTranslate(), shown, now)).toContain(line)
})
