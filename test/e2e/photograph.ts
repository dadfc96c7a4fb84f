import type { ElectronApplication } from 'playwright/test'

/** What of the screen is in a photograph, in pixels; from its upper left corner where nothing else is said. */
export interface PhotographArea {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

/** What is on the screen in a rectangle. */
export interface Photograph {
  readonly png: Buffer
  /** Red, green and blue of each pixel, row by row. */
  readonly pixels: Buffer
}

/** Photographs the screen that a notifier is on, with whatever other programs have on it. X11 only. */
export const photograph = async (app: ElectronApplication, area: PhotographArea): Promise<Photograph> => {
  const { png, pixels } = await app.evaluate(async ({ desktopCapturer, screen }, crop) => {
    const { size: thumbnailSize } = screen.getPrimaryDisplay()
    const [whole] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize })
    const part = whole?.thumbnail.crop({ x: 0, y: 0, ...crop })
    return { png: part?.toPNG().toString('base64') ?? '', pixels: part?.toBitmap().toString('base64') ?? '' }
  }, area)
  // Blue, green, red and alpha.
  const drawn = Buffer.from(pixels, 'base64')
  const order = Array.from({ length: drawn.length / 4 }, (_, at) => [4 * at + 2, 4 * at + 1, 4 * at]).flat()
  return { png: Buffer.from(png, 'base64'), pixels: Buffer.from(order.map((at) => drawn[at] ?? 0)) }
}
