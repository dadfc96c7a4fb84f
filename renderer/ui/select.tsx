import { Icon } from './icon.tsx'
import styles from './select.module.css'

export type SelectOption<Value extends string> = readonly [value: Value, words: string]

interface SelectProps<Value extends string> {
  readonly id?: string
  readonly label?: string
  readonly describedBy?: string | undefined
  readonly disabled?: boolean
  /** `filter` is small, as wide as what is chosen, and bold while that is not the first option. */
  readonly look?: 'field' | 'filter'
  readonly value: Value
  readonly options: readonly SelectOption<Value>[]
  readonly onChoose: (value: Value) => void
}

/** A list to choose one value from. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { id, label, describedBy, disabled, look = 'field', value, options, onChoose } = props
  const isNarrowed = look === 'filter' && value !== options[0]?.[0]
  return (
    <span className={`${styles['select']} ${styles[look]} ${isNarrowed ? styles['narrowed'] : ''}`}>
      <select
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        disabled={disabled}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([option]) => option === target.value)
          if (chosen !== undefined) onChoose(chosen[0])
        }}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="down" size={10} />
    </span>
  )
}
