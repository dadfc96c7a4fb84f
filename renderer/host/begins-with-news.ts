/** From this width on, the forums and another view are side by side. */
export const wideWindow = '(min-width: 720px)'

/** Whether a page begins with the home and nothing beside it, so that it needs no rows but those that are new. */
export const beginsWithNews = (window: Window): boolean =>
  !window.matchMedia(wideWindow).matches && !/^#\/./.test(window.location.hash)
