import { useEffect } from 'react'
import type { Badge } from '../../common/glance/badge.ts'
import { useServices } from '../services/services.ts'
import { useIsPainted } from '../ui/use-is-painted.ts'

/**
 * Shows on the browser's tab what the tray icon shows, so that a pinned tab shows what is new; does nothing in the
 * desktop app.
 */
export const useTabIcon = (badge: Badge): void => {
  const { isDesktop } = useServices().host
  const { kind } = badge
  const count = kind === 'number' ? badge.count : 0
  const isPainted = useIsPainted()
  useEffect(() => {
    if (isDesktop || !isPainted) return
    let isOver = false
    const draw = async () => {
      // Not part of the first view. A notifier that has ended no longer serves it: the tab then keeps its icon.
      const { tabIcon } = await import('./tab-icon.ts')
      const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
      if (icon !== null && !isOver) icon.href = tabIcon(kind === 'number' ? { kind, count } : { kind })
    }
    draw().catch(() => undefined)
    return () => {
      isOver = true
    }
  }, [isDesktop, isPainted, kind, count])
}
