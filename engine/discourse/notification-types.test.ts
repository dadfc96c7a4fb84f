import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type NotificationItem, notificationKinds } from '../../common/contract/notification.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { type Language, languages } from '../../common/i18n/languages.ts'
import { loadTranslate } from '../../common/i18n/load-translate.ts'
import en from '../../common/i18n/locales/en.json' with { type: 'json' }
import { notificationIcon, notificationText } from '../../common/i18n/notification-text.ts'
import { notificationTypes as simulated } from '../../test/forum/notification-types.ts'
import {
  type NotificationVariant,
  notificationJson,
  notificationSamples,
  notificationVariants,
} from '../../test/rig/notification-samples.ts'
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

const readSample = (sample: NotificationVariant): NotificationItem => {
  const json = notificationJson(sample, sample.item)
  const list = readNotifications({ notifications: [json] }, 'https://forum.example', 'eve')
  const item = list.ok ? list.value.items[0] : undefined
  if (item === undefined) throw new Error(`The sample of ${sample.kind} could not be read.`)
  return item
}

/** Every kind in its plain form, followed by its other forms. */
const items: readonly (readonly [NotificationVariant, NotificationItem])[] = notificationKinds.flatMap((kind) => {
  const plain: NotificationVariant = { kind, ...notificationSamples[kind] }
  return [plain, ...notificationVariants.filter((variant) => variant.kind === kind)].map(
    (sample) => [sample, readSample(sample)] as const,
  )
})

const inEnglish = createTranslate()
const otherLanguages = Object.keys(languages).filter((tag): tag is Language => tag !== 'en')

const row = ([{ kind, shape, number }, item]: (typeof items)[number]): string => {
  const name = shape === undefined ? kind : `${kind}, ${shape}`
  const path = `\`${new URL(item.url).href.slice(21)}\``
  const text = notificationText(inEnglish, item)
  return `| ${kind === 'unknown' ? 'any other' : number} | ${name} | ${notificationIcon(kind)} | ${text} | ${path} |`
}

/** The sentences of one language, each once, in the order of the table. */
const sentences = async (language: Language): Promise<string> => {
  const t = await loadTranslate({ language, locale: language })
  const texts = [...new Set(items.map(([, item]) => notificationText(t, item)))]
  return `### ${languages[language]}\n\n${texts.map((text) => `- ${text}`).join('\n')}`
}

const page = async (): Promise<string> => `# Notification types

Every type of notification that Discourse has, in every form that differs in wording or link, and what the notifier makes
of it: the account is eve, the topic is number 12. A type that is not in the table is shown with its topic's title and the
name of whoever did it, and leads to the topic, to an address of the forum that it carries, or else to the user's
notifications. What the forum leaves out is said in other words (“Somebody replied in a topic”). Where a forum shows full
names, so does the notifier.

Links stand below the address of the forum and never lead anywhere else. They are those of the forum's own menu.

| number | name | icon | wording | link |
| --- | --- | --- | --- | --- |
${items.map(row).join('\n')}

## In other languages

${(await Promise.all(otherLanguages.map(sentences))).join('\n\n')}

This page is written by a test. After a change to \`common/i18n/notification-text.ts\`, a locale file or
\`engine/discourse/notification-types.ts\`, write it anew and read what has changed:

    npx vitest run engine/discourse/notification-types.test.ts --update
`

it('is what the documentation shows', async () => {
  await expect(await page()).toMatchFileSnapshot('../../docs/notification-types.md')
})

it('leaves no text for notifications unused', () => {
  const source = readFileSync(new URL('../../common/i18n/notification-text.ts', import.meta.url), 'utf8')
  const keys = Object.keys(en.notification).map((key) => key.replace(/_(zero|one|other)$/, ''))
  expect(keys.filter((key) => !source.includes(`'notification.${key}'`))).toEqual([])
})
