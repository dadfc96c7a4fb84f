import type { MenuProps } from './menu-content.tsx'
import { useFloating } from './use-floating.ts'

/** An open menu at its button. Whoever presses before it is loaded gets it then. */
export const Menu = (props: MenuProps) => {
  const floating = useFloating(() => props.onClose(false))
  return floating && <floating.MenuContent {...props} />
}
