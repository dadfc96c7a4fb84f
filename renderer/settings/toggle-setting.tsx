import type { PreferencesChange } from '../../common/preferences/preferences.ts'
import { SettingRow } from './setting-row.tsx'
import styles from './settings.module.css'
import { useChange } from './use-change.ts'

interface ToggleSettingProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly change: (isOn: boolean) => PreferencesChange
}

export const ToggleSetting = ({ label, hint, isOn, change: changeTo }: ToggleSettingProps) => {
  const { change, failure } = useChange()
  return (
    <SettingRow label={label} hint={hint} failure={failure}>
      {(id, describedBy) => (
        <input
          id={id}
          type="checkbox"
          role="switch"
          className={styles['switch']}
          aria-describedby={describedBy}
          checked={isOn}
          aria-checked={isOn}
          onChange={({ target }) => change(changeTo(target.checked))}
        />
      )}
    </SettingRow>
  )
}
