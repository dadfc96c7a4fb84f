import type { AccountView, Site } from '../../common/contract/snapshot.ts'
import { Picture } from './picture.tsx'
import styles from './site-avatar.module.css'

interface SiteAvatarProps {
  readonly site: Site
  /** The forum's own icon, where we have it. */
  readonly icon?: string | null
  /** A dot for something new, or for something that waits for the user. */
  readonly mark?: 'none' | 'new' | 'waits'
  /** Beside a line of text; `tiny` is as high as a line of secondary text. */
  readonly size?: 'normal' | 'small' | 'tiny'
}

/** The forum's icon, else its first letter on its own colour; the name itself always stands beside it. */
export const SiteAvatar = ({ site, icon = null, mark = 'none', size = 'normal' }: SiteAvatarProps) => (
  <span aria-hidden="true" className={`${styles['avatar']} ${styles[size] ?? ''}`} style={siteColors(site.color)}>
    <Picture src={icon} className={styles['icon'] ?? ''} otherwise={firstLetter(site.title)} />
    {mark !== 'none' && <span className={`${styles['dot']} ${styles[mark]}`} />}
  </span>
)

/** The icon of a forum, where an account there has brought it. */
export const siteIcon = (accounts: readonly AccountView[], { base }: Site): string | null =>
  accounts.find(({ site, icon }) => site.base === base && icon !== null)?.icon ?? null

const siteColors = (color: string | null) =>
  color !== null && /^#[0-9a-f]{6}$/i.test(color) ? { backgroundColor: color, color: readableInk(color) } : {}

let segmenter: Intl.Segmenter | undefined

/**
 * The first letter of a name, as a reader counts letters, as a capital; empty for an empty name. A letter without a mark
 * needs no rule for that, and those rules take longer to load than all the rest of a small first view.
 */
export const firstLetter = (name: string): string => {
  const trimmed = name.trim()
  const plain = /^[\p{L}\p{N}](?![\p{M}\u200d])/u.exec(trimmed)?.[0]
  if (plain !== undefined) return plain.toUpperCase()
  segmenter ??= new Intl.Segmenter()
  const [letter] = segmenter.segment(trimmed)
  return letter?.segment.toUpperCase() ?? ''
}

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
