import { wideWindow } from './wide-window.ts'

/** The least height of a forum with news in pixels, as the style sheets say: its heading, and one compact row. */
const lowestForum = 28 + 36

/**
 * How many forums a page's first screen has room for, 1 to 100, where it begins with the home and nothing beside it; null
 * for any other page, which begins with everything.
 */
export const firstForums = (window: Window): number | null =>
  window.matchMedia(wideWindow).matches || /^#\/./.test(window.location.hash)
    ? null
    : Math.min(100, Math.max(1, Math.ceil(window.innerHeight / lowestForum)))
