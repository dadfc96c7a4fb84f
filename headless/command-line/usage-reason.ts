import type { Failure } from '../../common/contract/failure.ts'
import { t } from '../output.ts'

/** What is wrong with a command line: the name of its sentence among the texts under `usage`, and what that names. */
export interface UsageReason {
  readonly name:
    | 'bothBarAndWatch'
    | 'choice'
    | 'commandMissing'
    | 'format'
    | 'notTemplate'
    | 'numberRange'
    | 'optionUnknown'
    | 'pause'
    | 'readWhich'
    | 'commandUnknown'
    | 'valueMissing'
    | 'valueTooMuch'
    | 'wordMissing'
    | 'wordsTooMany'
  readonly values?: Readonly<Record<string, string>>
  /** What was probably meant by a word that does not exist. */
  readonly meant?: string | undefined
}

/**
 * The failure for a mistake in a command line, in the user's language.
 * @param help what to type after the program's name to see how it is used: `list --help`
 */
export const usageFailure = ({ name, values, meant }: UsageReason, help: string): Failure => {
  const reason = t(`usage.${name}`, values)
  const asked = meant === undefined ? reason : t('usage.meant', { reason, word: meant })
  return { code: 'usage', params: { reason: asked, help } }
}

/** Words that may be typed, as a list. */
export const listOf = (words: readonly string[]): string => words.join(t('units.comma'))
