import type { AccountView, Site } from '../../common/contract/snapshot.ts'
import { firstLetter } from './first-letter.ts'
import { Picture } from './picture.tsx'
import { readableInk } from './readable-ink.ts'
import styles from './site-avatar.module.css'

interface SiteAvatarProps {
  readonly site: Site
  /** The forum's own icon, where we have it. */
  readonly icon?: string | null
  /** A dot for something new, or for something that waits for the user. */
  readonly mark?: 'none' | 'new' | 'waits'
  /** As high as a line of secondary text. */
  readonly small?: boolean
}

/** The forum's icon, else its first letter on its own colour; the name itself always stands beside it. */
export const SiteAvatar = ({ site, icon = null, mark = 'none', small = false }: SiteAvatarProps) => (
  <span
    aria-hidden="true"
    className={`${styles['avatar']} ${small ? styles['small'] : ''}`}
    style={siteColors(site.color)}
  >
    <Picture src={icon} className={styles['icon'] ?? ''} otherwise={firstLetter(site.title)} />
    {mark !== 'none' && <span className={`${styles['dot']} ${styles[mark]}`} />}
  </span>
)

/** The icon of a forum, where an account there has brought it. */
export const siteIcon = (accounts: readonly AccountView[], { base }: Site): string | null =>
  accounts.find(({ site, icon }) => site.base === base && icon !== null)?.icon ?? null

const siteColors = (color: string | null) =>
  color !== null && /^#[0-9a-f]{6}$/i.test(color) ? { backgroundColor: color, color: readableInk(color) } : {}
