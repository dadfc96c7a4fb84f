import type { Point, Rectangle, Size } from 'electron'

/** Pixels between the window and its anchor. */
const gap = 8

/**
 * A screen: its full area, and what taskbars and docks leave of it. In device-independent pixels, like everything here.
 */
export interface ScreenArea {
  readonly bounds: Rectangle
  readonly workArea: Rectangle
}

/**
 * Where to put a window that belongs to a tray icon: beside the icon, away from the edge that the icon's bar is at, and
 * entirely within the work area, which on a second screen may start at negative coordinates.
 * @param anchor the icon, or a point on it
 * @returns undefined where that makes no sense: an icon that is off the screen, a screen that is too small
 */
export const windowPosition = (anchor: Rectangle, window: Size, screen: ScreenArea): Point | undefined => {
  const { workArea, bounds } = screen
  const middle = { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 }
  if (!isWithin(middle, bounds) || window.width > workArea.width || window.height > workArea.height) return undefined
  const beside = {
    top: { x: middle.x - window.width / 2, y: anchor.y + anchor.height + gap },
    bottom: { x: middle.x - window.width / 2, y: anchor.y - window.height - gap },
    left: { x: anchor.x + anchor.width + gap, y: middle.y - window.height / 2 },
    right: { x: anchor.x - window.width - gap, y: middle.y - window.height / 2 },
  }[barEdge(middle, screen)]
  return {
    x: Math.round(between(workArea.x, beside.x, workArea.x + workArea.width - window.width)),
    y: Math.round(between(workArea.y, beside.y, workArea.y + workArea.height - window.height)),
  }
}

type Edge = 'top' | 'bottom' | 'left' | 'right'

/**
 * The screen edge of the bar that the icon is in. The icon is outside the work area; where the bar hides itself or the
 * icon floats, it is the nearer of top and bottom.
 */
const barEdge = ({ x, y }: Point, { bounds, workArea }: ScreenArea): Edge => {
  if (y < workArea.y) return 'top'
  if (y >= workArea.y + workArea.height) return 'bottom'
  if (x < workArea.x) return 'left'
  if (x >= workArea.x + workArea.width) return 'right'
  return y - bounds.y < bounds.height / 2 ? 'top' : 'bottom'
}

const isWithin = ({ x, y }: Point, area: Rectangle): boolean =>
  x >= area.x && y >= area.y && x <= area.x + area.width && y <= area.y + area.height

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most)
