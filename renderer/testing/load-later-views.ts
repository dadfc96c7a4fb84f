import * as laterViews from '../app/lazy-views.ts'

/** Fetches all code that the page fetches later: tests are not about when it arrives, and may be over before it does. */
export const loadLaterViews = (): Promise<unknown> =>
  Promise.all(
    Object.values(laterViews)
      .filter((view) => 'preload' in view)
      .map(({ preload }) => preload()),
  )
