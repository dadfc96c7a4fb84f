import type { RefObject } from 'react'
import { useFloating } from './use-floating.ts'

export interface MenuItem {
  /** Needed where labels may be the same. */
  readonly id?: string
  readonly label: string
  readonly onChoose: () => void
  /** Whether it is the one of its section that holds; left out where that is no question. */
  readonly isChosen?: boolean
  readonly isDisabled?: boolean
}

/** Items that belong together, set apart from the others. */
export interface MenuSection {
  readonly label?: string
  readonly items: readonly MenuItem[]
}

/** What a button gives to the menu that it opens. */
export interface MenuFrame {
  readonly label: string
  readonly button: RefObject<HTMLButtonElement | null>
  /** Which item gets the focus as the menu opens, counted from the end when negative; what is disabled is not counted. */
  readonly first: number
  readonly onClose: (isFocusReturned: boolean) => void
}

export interface MenuProps extends MenuFrame {
  readonly sections: readonly MenuSection[]
}

/** An open menu at its button. Whoever presses before it is loaded gets it then. */
export const Menu = (props: MenuProps) => {
  const floating = useFloating(() => props.onClose(false))
  return floating && <floating.MenuContent {...props} />
}
