import { Icon } from './icon.tsx'
import styles from './select.module.css'

export type SelectOption<Value extends string> = readonly [value: Value, words: string]

interface SelectProps<Value extends string> {
  readonly id?: string
  readonly label?: string
  readonly describedBy?: string | undefined
  readonly disabled?: boolean
  readonly value: Value
  readonly options: readonly SelectOption<Value>[]
  readonly onChoose: (value: Value) => void
}

/** One of a few. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { id, label, describedBy, disabled, value, options, onChoose } = props
  return (
    <span className={styles['select']}>
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
