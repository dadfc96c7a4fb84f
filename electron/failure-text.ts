import type { Failure } from '../common/contract/failure.ts'
import { failureSentence, type Translate } from '../common/i18n/i18n.ts'
import { createLanguage } from '../engine/preferences/language.ts'

/**
 * The sentence for a failure that ends the start, in the first of the system's languages that we have. Loaded only
 * then, because the texts are large.
 * @param failure may name texts itself
 */
export const failureText = async (
  failure: Failure | ((t: Translate) => Failure),
  systemLanguages: readonly string[],
): Promise<string> => {
  const language = createLanguage(() => systemLanguages)
  await language.follow('system')
  const { t } = language
  return failureSentence(t, typeof failure === 'function' ? failure(t) : failure)
}
