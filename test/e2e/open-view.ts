import { painted } from './in-page.ts'
import type { SamplePage, SampleView } from './sample-views.ts'

/**
 * Opens a view, and waits until it is on the screen: before that, rows that are new have the size of a guess.
 * @throws where there is no such view
 */
export const openView = async (sample: SamplePage, view: SampleView | undefined): Promise<void> => {
  if (view === undefined) throw new Error('there is no such view')
  await view.open(sample)
  await sample.page.evaluate(painted)
}
