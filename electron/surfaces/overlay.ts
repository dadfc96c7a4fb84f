import type { Snapshot } from '../../common/contract/snapshot.ts'
import { badge } from '../../common/glance/badge.ts'
import { digits, statusLine } from '../../common/glance/glance.ts'
import type { Translate } from '../../common/i18n/i18n.ts'

/** What the overlay is made with. */
export interface OverlayOptions<Image> {
  readonly window: { setOverlay(image: Image | null, description: string): void }
  readonly loadImage: (name: string) => Image
  readonly t: Translate
}

/**
 * Makes the function that keeps the small picture over the window's icon in the task bar of Windows, which has no other
 * badge: digits up to nine, or a dot. While there is no window there is no such icon, and the tray's says it.
 */
export const createOverlay = <Image>({
  window,
  loadImage,
  t,
}: OverlayOptions<Image>): ((snapshot: Snapshot) => void) => {
  let shown = ' '
  return (snapshot) => {
    const next = badge(snapshot)
    const name = { none: '', dot: 'dot', number: next.kind === 'number' ? (digits[next.count - 1] ?? '9plus') : '' }[
      next.kind
    ]
    const description = name === '' ? '' : statusLine(t, snapshot)
    if (`${name} ${description}` === shown) return
    shown = `${name} ${description}`
    window.setOverlay(name === '' ? null : loadImage(`${name}.png`), description)
  }
}
