/** Black or white, whichever reads better on a ground, by the contrast formula of WCAG 2 (1.4.3). */
export const readableInk = (ground: string): '#000000' | '#ffffff' => {
  const lightness = luminance(ground)
  return 1.05 / (lightness + 0.05) >= (lightness + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

/** Relative luminance of `#rrggbb`, 0 to 1. */
const luminance = (color: string): number => {
  const channel = (start: number) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
