import type { NotificationItem } from '../../../common/contract/notification.ts'
import type { AlertRule } from '../../../common/preferences/preferences.ts'

/** The parts of a notification row that rules match. */
export type RuledItem = Pick<
  NotificationItem,
  'title' | 'excerpt' | 'actor' | 'secondActor' | 'actorName' | 'secondActorName'
>

/**
 * What the user's rules say about a notification row, whatever its kind. Of several that match, one that forbids the
 * alert wins.
 * @returns undefined if none matches
 */
export const ruleFor = (item: RuledItem, rules: readonly AlertRule[]): AlertRule['alert'] | undefined => {
  const matching = rules.filter((rule) =>
    rule.about === 'person'
      ? isFrom(item, [rule.text])
      : [item.title, item.excerpt].some((text) => contains(text, rule.text)),
  )
  return matching.find(({ alert }) => alert === 'never')?.alert ?? matching[0]?.alert
}

/** Whether a notification row was caused by one of these people: a user name, with or without @, or a full name. */
export const isFrom = (item: RuledItem, people: readonly string[]): boolean => {
  const names = [item.actor, item.secondActor, item.actorName, item.secondActorName].map(plainName)
  return people.map(plainName).some((person) => person !== '' && names.includes(person))
}

const plainName = (name: string | null | undefined): string => plain(name ?? '').replace(/^@/, '')

/** Text as it is compared: regardless of capitals, variant forms of a letter, and runs of spaces. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** Whether a text contains these words, as whole words if its script separates words: “art” is not in “start”. */
const contains = (text: string | null, words: string): boolean => {
  const wanted = plain(words)
  if (text === null || wanted === '') return false
  const whole = plain(text)
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    const before = [...whole.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
    const [after = ''] = whole.slice(at + wanted.length)
    if (!isSameWord(before, [...wanted][0] ?? '') && !isSameWord([...wanted].at(-1) ?? '', after)) return true
  }
  return false
}

/** Whether two adjacent letters belong to one word. */
const isSameWord = (left: string, right: string): boolean =>
  isLetter.test(left) && isLetter.test(right) && !hasNoSpaces.test(left) && !hasNoSpaces.test(right)

const isLetter = /^[\p{L}\p{M}\p{N}]$/u
/** Scripts that are written without spaces between words. */
const hasNoSpaces =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]$/u
