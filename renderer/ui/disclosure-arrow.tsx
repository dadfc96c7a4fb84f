import styles from './disclosure-arrow.module.css'
import { Icon } from './icon.tsx'

/** Shows that the button or summary around it opens and closes something; it points down while that is open. */
export const DisclosureArrow = ({ className = '' }: { readonly className?: string | undefined }) => (
  <span className={`${styles['arrow']} ${className}`}>
    <Icon name="down" size={12} />
  </span>
)
