import * as lazyViews from '../app/lazy-views.ts'

/** Fetches all code that the page fetches later: tests are not about when it arrives, and may be over before it does. */
export const loadLazyViews = (): Promise<unknown> =>
  Promise.all(
    Object.values(lazyViews)
      .filter((view) => 'preload' in view)
      .map(({ preload }) => preload()),
  )
