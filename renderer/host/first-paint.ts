/** Milliseconds that a browser may take from the document to the screen. */
const paintTime = 50

/** In milliseconds: in a hidden tab nothing is ever painted. */
const longestPaint = 1000

/**
 * Resolves once the page has its first snapshot on the screen: after the first frame with a header that has buttons, as no
 * skeleton has. React renders in tasks of its own, some frames later.
 */
export const firstPaint = (window: Window): Promise<void> =>
  new Promise((resolve) => {
    let isOver = false
    window.setTimeout(() => {
      isOver = true
      resolve()
    }, longestPaint)
    const look = () => {
      if (window.document.querySelector('header>button') !== null) window.setTimeout(resolve, paintTime)
      else if (!isOver) window.requestAnimationFrame(look)
    }
    window.requestAnimationFrame(look)
  })
