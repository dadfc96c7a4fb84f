import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { notificationKinds } from '../../common/contract/notification.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import en from '../../common/i18n/locales/en.json' with { type: 'json' }
import { notificationIcon, notificationText } from '../../common/i18n/notification-text.ts'
import { notificationTypes as simulated } from '../../test/forum/notification-types.ts'
import { notificationJson, notificationSamples } from '../../test/rig/notification-samples.ts'
import { readNotifications } from './notification-item.ts'
import { kindOfNumber, notificationTypes } from './notification-types.ts'

it('has the numbers of the server, each once', () => {
  const numbers = Object.fromEntries(Object.entries(simulated).map(([name, { number }]) => [name, number]))
  expect(Object.fromEntries(Object.entries(notificationTypes).map(([kind, { number }]) => [kind, number]))).toEqual(
    numbers,
  )
  expect(new Set(Object.values(numbers)).size).toBe(notificationKinds.length - 1)
  for (const kind of notificationKinds) expect(kindOfNumber(notificationSamples[kind].number)).toBe(kind)
})

const row = (kind: (typeof notificationKinds)[number]): string => {
  const sample = notificationSamples[kind]
  const list = readNotifications({ notifications: [notificationJson(sample)] }, 'https://forum.example', 'eve')
  const item = list.ok ? list.value.items[0] : undefined
  if (item === undefined) throw new Error(`The sample of ${kind} could not be read.`)
  const number = kind === 'unknown' ? 'any other' : sample.number
  const text = notificationText(createTranslate(), item)
  return `| ${number} | ${kind} | ${notificationIcon(kind)} | ${text} | \`${new URL(item.url).href.slice(21)}\` |`
}

const page = `# Notification types

Every type of notification that Discourse has, and what the notifier makes of it, shown by one example each: the account
is eve, the topic is number 12. A type that is not in the table is shown with its topic's title and the name of whoever
did it, and leads to the topic or else to the user's notifications. What the forum leaves out is said in other words
(“Somebody replied in a topic”).

Links stand below the address of the forum and never lead anywhere else.

| number | name | icon | wording | link |
| --- | --- | --- | --- | --- |
${notificationKinds.map(row).join('\n')}

This page is written by a test. After a change to \`common/i18n/notification-text.ts\`, the locale file or
\`engine/discourse/notification-types.ts\`, write it anew and read what has changed:

    npx vitest run engine/discourse/notification-types.test.ts --update
`

it('is what the documentation shows', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/notification-types.md')
})

it('leaves no text for notifications unused', () => {
  const source = readFileSync(new URL('../../common/i18n/notification-text.ts', import.meta.url), 'utf8')
  const keys = Object.keys(en.notification).map((key) => key.replace(/_(zero|one|other)$/, ''))
  expect(keys.filter((key) => !source.includes(`'notification.${key}'`))).toEqual([])
})
