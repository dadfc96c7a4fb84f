import type { Badge } from '../../common/glance/badge.ts'

/**
 * The icon of the browser's tab: our mark (build/icons/icon.svg), and on it what the tray icon shows. A data URL, which the
 * page's content security policy allows for pictures.
 */
export const tabIcon = (badge: Badge): string => `data:image/svg+xml,${encodeURIComponent(drawing(badge))}`

const drawing = (badge: Badge): string => {
  const [mark, label] = badge.kind === 'number' ? [badge.count > 9 ? 344 : 300, text(badge.count)] : [152, '']
  const at = `cx="${1024 - mark - 8}" cy="${mark + 8}"`
  const dot = `<circle ${at} r="${mark}" fill="${label === '' ? '#f5a030' : '#c62a1d'}"/>`
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024"><g fill="#2f6feb"><circle cx="504" cy="520" r="424"/>' +
    '<path d="M108 670 C96 760 84 830 64 916 Q54 966 104 958 C190 938 268 924 354 916 L504 520 Z"/></g>' +
    (badge.kind === 'none' ? '' : dot) +
    `${label}</svg>`
  )
}

/** A digit, or “9+”, as no more can be read at 16 pixels. */
const text = (count: number): string => {
  const isMany = count > 9
  const [x, y, size] = isMany ? [672, 500, 420] : [716, 500, 520]
  return (
    `<text x="${x}" y="${y}" font-family="sans-serif" font-weight="700" font-size="${size}" fill="#fff" ` +
    `text-anchor="middle">${isMany ? '9+' : count}</text>`
  )
}
