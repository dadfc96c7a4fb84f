// What is looked for in a page, as code that runs there: each gives a list of what was found.

/** In the page: waits until what was just changed is on the screen. */
export const painted = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'

/** In the page: what can be pressed or typed into, above everything that a dialog covers. */
export const targets = `
  const scope = document.querySelector('dialog[open]') ?? document.body
  const targets = [...scope.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  const nameOf = (element) => element.outerHTML.slice(0, 160)
`

/** In the page: what is wider than the page, or reaches out of it. */
export const overflowing = `(() => {
  const wide = [...document.querySelectorAll('html, body, main, dialog[open], dialog[open] *, main *, header *, footer *')].filter((element) => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element)
    // Tabs are a line that is scrolled.
    if (element.matches('input, textarea') || element.closest('.visually-hidden, [aria-hidden=true], [role=tablist]')) return false
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).textOverflow === 'ellipsis') return false
    }
    const isClipped = textOverflow === 'ellipsis' || overflowX === 'hidden' || overflowX === 'clip'
    const isScrolled = element.scrollWidth > element.clientWidth + 1 && !isClipped && overflowX !== 'visible'
    const { left, right, width } = element.getBoundingClientRect()
    return isScrolled || (width > 0 && (left < -1 || right > innerWidth + 1))
  })
  return wide.map((element) => element.outerHTML.slice(0, 120))
})()`

/**
 * In the page: texts and controls that lie over one another. What is scrolled or cut out of sight counts as far as it is
 * seen, and what sticks or floats above a list is not of the list. What the
 * browser leaves out while it is out of sight (`content-visibility`) has no place of its own.
 */
export const overlapping = `(() => {
  const scope = document.querySelector('dialog[open]') ?? document.body
  const seen = (rect, element) => {
    let { left, top, right, bottom } = rect
    for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, clipPath, position } = getComputedStyle(at)
      if (clipPath !== 'none' || position === 'sticky' || position === 'fixed') return null
      const box = at.getBoundingClientRect()
      if (overflowX !== 'visible') { left = Math.max(left, box.left); right = Math.min(right, box.right) }
      if (overflowY !== 'visible') { top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom) }
    }
    return right - left > 2 && bottom - top > 4 ? { left, top, right, bottom } : null
  }
  const texts = []
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode
    if (textContent.trim() === '' || element.closest('select, textarea, svg') !== null) continue
    if (!element.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    for (const rect of range.getClientRects()) {
      const part = seen(rect, element)
      if (part !== null) texts.push({ ...part, text: textContent.trim().slice(0, 40), node: walker.currentNode })
    }
  }
  // A switch is larger than what is seen of it, so that it can be pressed.
  for (const control of scope.querySelectorAll('select, input:not([type=checkbox], [type=radio]), textarea')) {
    const part = control.checkVisibility({ visibilityProperty: true }) ? seen(control.getBoundingClientRect(), control) : null
    if (part !== null) texts.push({ ...part, text: control.outerHTML.slice(0, 60), node: control })
  }
  // Letters are lower than their lines.
  const slack = 3
  return texts.flatMap((one, index) => texts.slice(index + 1).filter((other) => one.node !== other.node &&
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack
  ).map((other) => one.text + ' / ' + other.text))
})()`

/** In the page: texts in a column so narrow that their words come apart into letters. */
export const inLetters = `(() => {
  const scope = document.querySelector('dialog[open]') ?? document.body
  const found = []
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode
    const text = textContent.trim()
    if (text.length < 8 || !element.checkVisibility({ contentVisibilityAuto: true }) || element.closest('select, textarea') !== null) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    // A Japanese character is as wide as two Latin ones.
    const width = text.length + text.replaceAll(/[^\\u3000-\\u9fff\\uff00-\\uffef]/g, '').length
    if (width / lines < 4) found.push('in letters: ' + text.slice(0, 40))
  }
  return found
})()`
