import { useLayoutEffect, useSyncExternalStore } from 'react'
import { defaultPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'

type Appearance = Preferences['appearance']

/**
 * Applies the appearance that the user has chosen, as attributes that tokens.css reads; without a choice, the system's.
 */
export const useAppearance = (appearance: Appearance | undefined): void => {
  const { theme = 'system', density = 'comfortable', textSize = 'default' } = appearance ?? {}
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset['theme'] = theme
    dataset['density'] = density
    dataset['textSize'] = textSize
  }, [theme, density, textSize])
}

/** In pixels; must match `--row` in tokens.css. */
const rowHeights = {
  default: { comfortable: 44, compact: 36 },
  large: { comfortable: 50, compact: 42 },
  largest: { comfortable: 56, compact: 48 },
} as const

/** The height of a row in pixels, for code that needs it before the row is rendered. */
export const useRowHeight = (): number => {
  const { host } = useServices()
  return useSyncExternalStore(host.subscribe, () => {
    const { density, textSize } = (host.getState().snapshot?.preferences ?? defaultPreferences).appearance
    return rowHeights[textSize][density]
  })
}
