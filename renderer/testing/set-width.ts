import type { DetachedWindowAPI } from 'happy-dom'

declare global {
  interface Window {
    readonly happyDOM: DetachedWindowAPI
  }
}

/** Makes the window so many CSS pixels wide, as media queries see it. */
export const setWidth = (width: number): void => window.happyDOM.setViewport({ width })
