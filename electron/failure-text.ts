import type { Failure } from '../common/contract/failure.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { createLanguage } from '../engine/preferences/language.ts'

/**
 * A failure's sentence for a start that ends with it, in the first language of the system's that there is. Loaded then only:
 * texts are much to read.
 */
export const failureText = async (failure: Failure, systemLanguages: readonly string[]): Promise<string> => {
  const language = createLanguage(() => systemLanguages)
  await language.follow('system')
  return failureSentence(language.t, failure)
}
