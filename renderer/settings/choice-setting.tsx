import type { PreferencesChange } from '../../common/preferences/preferences.ts'
import { Select, type SelectOption } from '../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'
import { useChange } from './use-change.ts'

interface ChoiceSettingProps<Value extends string> {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: Value
  readonly options: readonly SelectOption<Value>[]
  readonly change: (value: Value) => PreferencesChange
}

export const ChoiceSetting = <Value extends string>(props: ChoiceSettingProps<Value>) => {
  const { label, hint, value, options, change: changeTo } = props
  const { change, failure } = useChange()
  return (
    <SettingRow label={label} hint={hint} failure={failure}>
      {(id, describedBy) => (
        <Select
          id={id}
          describedBy={describedBy}
          value={value}
          options={options}
          onChoose={(chosen) => change(changeTo(chosen))}
        />
      )}
    </SettingRow>
  )
}
