import type { NotificationItem } from '../../../common/contract/notification.ts'
import type { AlertRule } from '../../../common/preferences/preferences.ts'

/** What of a notification rules look at. */
export type RuledItem = Pick<
  NotificationItem,
  'title' | 'excerpt' | 'actor' | 'secondActor' | 'actorName' | 'secondActorName'
>

/**
 * What the user's rules say about a notification, whatever its kind. Of several that fit, one that forbids the alert wins.
 * @returns undefined where none fits
 */
export const ruleFor = (item: RuledItem, rules: readonly AlertRule[]): AlertRule['alert'] | undefined => {
  const fitting = rules.filter((rule) =>
    rule.about === 'person'
      ? isFrom(item, [rule.text])
      : [item.title, item.excerpt].some((text) => says(text, rule.text)),
  )
  return fitting.find(({ alert }) => alert === 'never')?.alert ?? fitting[0]?.alert
}

/** Whether a notification is one of these people's doing, by user name, with or without @, or by full name. */
export const isFrom = (item: RuledItem, people: readonly string[]): boolean => {
  const names = [item.actor, item.secondActor, item.actorName, item.secondActorName].map(plainName)
  return people.map(plainName).some((person) => person !== '' && names.includes(person))
}

const plainName = (name: string | null | undefined): string => plain(name ?? '').replace(/^@/, '')

/** As compared: without capitals, different forms of one letter, and runs of space. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** Whether a text has these words, as whole words where its script has spaces between words: “art” is not in “start”. */
const says = (text: string | null, words: string): boolean => {
  const wanted = plain(words)
  if (text === null || wanted === '') return false
  const whole = plain(text)
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    const before = [...whole.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
    const [after = ''] = whole.slice(at + wanted.length)
    if (!isOneWord(before, [...wanted][0] ?? '') && !isOneWord([...wanted].at(-1) ?? '', after)) return true
  }
  return false
}

/** Whether two letters that stand side by side belong to one word. */
const isOneWord = (left: string, right: string): boolean =>
  isLetter.test(left) && isLetter.test(right) && !hasNoSpaces.test(left) && !hasNoSpaces.test(right)

const isLetter = /^[\p{L}\p{M}\p{N}]$/u
/** Scripts that are written without spaces between words. */
const hasNoSpaces =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]$/u
