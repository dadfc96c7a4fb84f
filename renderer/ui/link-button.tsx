import type { MouseEvent, ReactNode, Ref } from 'react'
import { type ButtonLook, buttonClass } from './button.tsx'

interface LinkButtonProps {
  readonly href: string
  readonly children: ReactNode
  /** Called when the page is being opened, also by the middle button. */
  readonly onOpen?: () => void
  readonly look?: ButtonLook
  readonly compact?: boolean
  readonly ref?: Ref<HTMLAnchorElement>
}

/** A link that looks like a button. It opens a new tab; being a real link, no pop-up blocker stops it. */
export const LinkButton = ({ href, children, onOpen, look = 'plain', compact = false, ref }: LinkButtonProps) => (
  <a
    ref={ref}
    href={href}
    target="_blank"
    rel="noopener noreferrer"
    className={buttonClass(look, compact)}
    onClick={onOpen}
    onAuxClick={(event: MouseEvent) => {
      if (event.button === 1) onOpen?.()
    }}
  >
    {children}
  </a>
)
