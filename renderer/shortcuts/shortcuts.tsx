import { lazy, Suspense, useRef, useState } from 'react'
import { usePageKeys } from '../app/use-page-keys.ts'
import { useServices } from '../services/services.ts'

const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }))

/** The views, by the key that follows `g`. */
const views = { o: 'overview', i: 'inbox', a: 'access', s: 'settings' } as const

interface ShortcutsProps {
  readonly onView: (view: (typeof views)[keyof typeof views]) => void
  readonly onRefresh: () => void
  readonly onAdd: () => void
}

/** How long after `g` another key still goes with it, in milliseconds. */
const sequenceTimeout = 2000

const isViewKey = (key: string): key is keyof typeof views => Object.hasOwn(views, key)

/** The keys that hold in every view; a view may have more of its own. `?` shows them all. */
export const Shortcuts = ({ onView, onRefresh, onAdd }: ShortcutsProps) => {
  const { seconds } = useServices()
  const [isShown, setShown] = useState(false)
  const wentAt = useRef<number | null>(null)

  usePageKeys((key) => {
    const now = seconds.now()
    const isGoing = wentAt.current !== null && now - wentAt.current <= sequenceTimeout
    wentAt.current = null
    if (isGoing && isViewKey(key)) onView(views[key])
    else if (key === 'g') wentAt.current = now
    else if (key === 'r') onRefresh()
    else if (key === 'n') onAdd()
    else if (key === '?') setShown(true)
    else return false
    return true
  })

  return (
    isShown && (
      <Suspense>
        <ShortcutsDialog onClose={() => setShown(false)} />
      </Suspense>
    )
  )
}
