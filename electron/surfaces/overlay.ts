import type { Snapshot } from '../../common/contract/snapshot.ts'
import { type Badge, badge } from '../../common/glance/badge.ts'
import { statusLine } from '../../common/glance/glance.ts'
import { type Digit, digitOf } from '../../common/glance/tray-faces.ts'
import type { Translate } from '../../common/i18n/i18n.ts'

export interface OverlayOptions<Image> {
  readonly window: { setOverlay(image: Image | null, description: string): void }
  readonly loadImage: (name: string) => Image
  readonly t: Translate
}

/**
 * Returns a function that updates the overlay on the window's icon in the Windows taskbar, which has no other badge:
 * digits up to nine, or a dot. Without a window there is no such icon, and only the tray icon shows the number.
 */
export const createOverlay = <Image>({
  window,
  loadImage,
  t,
}: OverlayOptions<Image>): ((snapshot: Snapshot) => void) => {
  let shown = ' '
  return (snapshot) => {
    const name = overlayName(badge(snapshot))
    const description = name === undefined ? '' : statusLine(t, snapshot)
    const next = `${name ?? ''} ${description}`
    if (next === shown) return
    shown = next
    window.setOverlay(name === undefined ? null : loadImage(`${name}.png`), description)
  }
}

const overlayName = (shown: Badge): Digit | 'dot' | undefined => {
  switch (shown.kind) {
    case 'none':
      return undefined
    case 'dot':
      return 'dot'
    case 'number':
      return digitOf(shown.count)
  }
}
