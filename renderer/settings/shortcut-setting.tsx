import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { Notice } from '../../common/contract/snapshot.ts'
import { readAccelerator } from '../../common/preferences/accelerator.ts'
import { useServices } from '../services/services.ts'
import { buttonClass } from '../ui/button.tsx'
import { SettingRow } from './setting-row.tsx'
import { useChange } from './use-change.ts'

/** What the desktop says to a shortcut that it does not take. */
const refusals: ReadonlySet<Failure['code']> = new Set(['shortcut_refused', 'shortcut_on_wayland'])

interface ShortcutSettingProps {
  readonly shortcut: string | null
  readonly notices: readonly Notice[]
}

/** The keys that open the window from every program: recorded by pressing them, removed with Backspace or Delete. */
export const ShortcutSetting = ({ shortcut, notices }: ShortcutSettingProps) => {
  const { t } = useServices()
  const { change, failure } = useChange()
  const [isRecording, setIsRecording] = useState(false)
  const refused = notices.find(({ failure }) => refusals.has(failure.code))?.failure ?? null
  const choose = (chosen: string | null): void => {
    setIsRecording(false)
    if (chosen !== shortcut) change({ general: { shortcut: chosen } })
  }
  return (
    <SettingRow label={t('settings.shortcut')} hint={t('settings.shortcutHint')} failure={failure ?? refused}>
      {(id, describedBy) => (
        <button
          id={id}
          type="button"
          className={buttonClass('plain', true)}
          aria-describedby={describedBy}
          aria-pressed={isRecording}
          onClick={() => setIsRecording(!isRecording)}
          onBlur={() => setIsRecording(false)}
          onKeyDown={(event) => {
            // Tab moves on as everywhere, and Enter and Space start and end recording as a click does.
            if (!isRecording || event.key === 'Tab') return
            const chosen = readAccelerator(event)
            if (chosen === undefined && (event.key === 'Enter' || event.key === ' ')) return
            event.preventDefault()
            event.stopPropagation()
            if (chosen !== undefined) choose(chosen)
            else if (event.key === 'Escape') setIsRecording(false)
            else if (event.key === 'Backspace' || event.key === 'Delete') choose(null)
          }}
        >
          {isRecording ? t('settings.shortcutPress') : (shortcut ?? t('settings.shortcutNone'))}
        </button>
      )}
    </SettingRow>
  )
}
