import type { Badge } from '../../common/glance/badge.ts'

/**
 * The icon of the browser's tab: our logo (build/icons/icon.svg) with the tray icon's badge. A data URL, which the
 * page's content security policy allows for images.
 */
export const tabIcon = (badge: Badge): string => {
  const mark = element('g', { fill: '#2f6feb' }, [
    element('circle', { cx: 504, cy: 520, r: 424 }),
    element('path', { d: 'M108 670C96 760 84 830 64 916Q54 966 104 958C190 938 268 924 354 916L504 520Z' }),
  ])
  const drawing = element('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: '0 0 1024 1024' }, [
    mark,
    ...drawnBadge(badge),
  ])
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`
}

const drawnBadge = (badge: Badge): readonly string[] => {
  switch (badge.kind) {
    case 'none':
      return []
    case 'dot':
      return [disc(152, '#f5a030')]
    case 'number': {
      // No more than two characters are legible at 16 pixels.
      const isMany = badge.count > 9
      const place = isMany ? { x: 672, y: 500, 'font-size': 420 } : { x: 716, y: 500, 'font-size': 520 }
      const font = { 'font-family': 'sans-serif', 'font-weight': 700, 'text-anchor': 'middle', fill: '#fff' }
      return [
        disc(isMany ? 344 : 300, '#c62a1d'),
        element('text', { ...place, ...font }, [isMany ? '9+' : String(badge.count)]),
      ]
    }
  }
}

/** In the upper right corner. */
const disc = (r: number, fill: string): string => element('circle', { cx: 1016 - r, cy: r + 8, r, fill })

const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string => {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${value}"`)
  return `<${name}${written.join('')}>${content.join('')}</${name}>`
}
