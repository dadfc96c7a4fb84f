import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'

type Appearance = Preferences['appearance']

/** Gives the page the look that the user has chosen, as attributes that tokens.css reads; without one, the system's. */
export const useAppearance = (appearance: Appearance | undefined): void => {
  const { theme = 'system', density = 'comfortable' } = appearance ?? {}
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset['theme'] = theme
    dataset['density'] = density
  }, [theme, density])
}

/** How close rows stand, for who has to know their height. */
export const useDensity = (): Appearance['density'] => {
  const { host } = useServices()
  return useSyncExternalStore(
    host.subscribe,
    () => host.getState().snapshot?.preferences.appearance.density ?? 'comfortable',
  )
}
