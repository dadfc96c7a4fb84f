import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './undo-bar.module.css'
import { type UndoOffer, useUndo } from './use-undo.ts'

/** In milliseconds. Who needs longer holds the bar by pointing at it or going into it (WCAG 2.2.1). */
const shownFor = 15_000
/** How often an offer that is held is kept, in milliseconds. */
const keptEvery = 2000

/** One offer, with a button that takes it up. */
export const UndoOfferBar = ({ offered }: { readonly offered: UndoOffer }) => {
  const { t, seconds } = useServices()
  const { clear } = useUndo()
  const { keep, offeredFor = shownFor } = offered
  const { state, run } = useTask()
  const [isUndone, setUndone] = useState(false)
  const [isHeld, setHeld] = useState({ byPointer: false, byFocus: false })
  const close = useRef<HTMLButtonElement>(null)
  const isKept = isHeld.byPointer || isHeld.byFocus || state.kind !== 'idle'
  const isBusy = state.kind === 'busy'

  useEffect(() => {
    if (isKept) return
    const since = seconds.now()
    return seconds.subscribe(() => {
      if (seconds.now() - since >= offeredFor) clear()
    })
  }, [isKept, seconds, clear, offeredFor])

  const isKeeping = isKept && state.kind === 'idle' && !isUndone
  useEffect(() => {
    if (!isKeeping || keep === undefined) return
    let since = seconds.now()
    keep()
    return seconds.subscribe(() => {
      if (seconds.now() - since < keptEvery) return
      since = seconds.now()
      keep()
    })
  }, [isKeeping, seconds, keep])

  const undo = async () => {
    if (isBusy || isUndone) return
    if (!(await run(offered.undo())).ok) return
    // The button that was pressed goes away.
    if (isHeld.byFocus) close.current?.focus()
    setUndone(true)
  }
  const latestUndo = useRef(undo)
  useLayoutEffect(() => {
    latestUndo.current = undo
  })
  // Before it is painted, as in `usePageKeys`.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event
      const isUndo = (ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'z'
      // There the keys take back what was typed. A list's empty field has the focus once its last entry is gone.
      const isEmpty = target instanceof HTMLInputElement && target.value === '' && target.closest('dialog') === null
      const isTyping = target instanceof Element && target.closest(typing) !== null && !isEmpty
      if (!isUndo || isTyping || event.defaultPrevented) return
      event.preventDefault()
      void latestUndo.current()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  return (
    // The bar is no control; it only knows whether somebody is at it.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={styles['bar']}
      onPointerEnter={() => setHeld((before) => ({ ...before, byPointer: true }))}
      onPointerLeave={() => setHeld((before) => ({ ...before, byPointer: false }))}
      onFocus={() => setHeld((before) => ({ ...before, byFocus: true }))}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setHeld((before) => ({ ...before, byFocus: false }))
      }}
    >
      <div className={styles['words']}>
        <p>{isUndone ? t('undo.done') : offered.text}</p>
        {state.kind === 'failed' && <FailureNote failure={state.failure} />}
      </div>
      {!isUndone && (
        <Button look="quiet" compact busy={isBusy} keys={['Control+Z', 'Meta+Z']} onClick={() => void undo()}>
          {t('undo.undo')}
        </Button>
      )}
      <IconButton
        ref={close}
        icon="close"
        label={t('notice.dismiss')}
        onClick={() => {
          if (isHeld.byFocus) document.querySelector('main')?.focus()
          clear()
        }}
      />
    </div>
  )
}

const typing = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, dialog'
