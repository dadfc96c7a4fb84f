import type { Texts } from './i18n.ts'

/**
 * English texts that the page's first view does not show. Only the build of the page moves some here, out of `en.json`
 * (`build/bundle/first-view-texts.ts`); what shows them loads them first.
 */
export const laterTexts: Texts = {}
