/**
 * Relative luminance of each pixel of a picture (WCAG 2.2, relative luminance).
 * @param pixels red, green and blue of each pixel, in bytes
 */
export const luminancesIn = (pixels: Buffer): readonly number[] =>
  Array.from({ length: pixels.length / 3 }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = [...pixels.subarray(3 * at, 3 * at + 3)].map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  })

/** How many pixels of two pictures differ by the contrast that graphics need (WCAG 2.2, 1.4.11). */
export const differingPixels = (one: readonly number[], other: readonly number[]): number =>
  one.filter((value, at) => {
    const [low = 0, high = 0] = [value, other[at] ?? 0].toSorted((a, b) => a - b)
    return (high + 0.05) / (low + 0.05) >= 3
  }).length

/** How many pixels differ so much from what is in the upper left corner, where a panel has nothing. */
export const outstandingPixels = (picture: readonly number[]): number =>
  differingPixels(
    picture,
    picture.map(() => picture[0] ?? 0),
  )
