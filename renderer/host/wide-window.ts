/** From this width on, the forums and another view are side by side. */
export const wideWindow = '(min-width: 720px)'
