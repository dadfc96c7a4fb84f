import { type ChangeEvent, type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useServices } from '../services/services.ts'
import failureStyles from '../ui/failure-note.module.css'

interface NewEntryOptions {
  /** The entries that a new one must differ from. */
  readonly entries: readonly string[]
  /** How many entries the list has. */
  readonly count: number
  /** How many the list may have. */
  readonly most: number
  /** What of a text is compared. */
  readonly comparable?: (text: string) => string
  /** Sends the list with the new entry, and calls back when it was taken. */
  readonly add: (text: string, onTaken: () => void) => void
}

interface NewEntry {
  /** For the form around the field. */
  readonly onSubmit: (event: FormEvent) => void
  /** For the field itself. */
  readonly field: {
    readonly ref: React.Ref<HTMLInputElement>
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    readonly 'aria-invalid': boolean
    readonly 'aria-errormessage': string | undefined
  }
  /** Why what was typed cannot be added, to be shown below the field; null while nothing is wrong. */
  readonly note: ReactNode
}

const trimmed = (text: string): string => text.trim()

/** A field that adds entries to a list. One that is empty or in the list already is not added, and the field says so. */
export const useNewEntry = ({ entries, count, most, comparable = trimmed, add }: NewEntryOptions): NewEntry => {
  const { t } = useServices()
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const wanted = comparable(text)
  const fault =
    wanted === ''
      ? t('settings.entryMissing')
      : entries.some((entry) => comparable(entry) === wanted)
        ? t('settings.entryKnown', { text: text.trim() })
        : count >= most
          ? t('settings.listFull', { most })
          : null
  const isShown = isRefused && fault !== null
  return {
    onSubmit: (event) => {
      event.preventDefault()
      setRefused(fault !== null)
      if (fault === null) add(text.trim(), () => setText(''))
      else input.current?.focus()
    },
    field: {
      ref: input,
      value: text,
      onChange: ({ target }) => {
        setText(target.value)
        setRefused(false)
      },
      'aria-invalid': isShown,
      'aria-errormessage': isShown ? noteId : undefined,
    },
    note: isShown && (
      <p role="alert" id={noteId} className={failureStyles['note']}>
        {fault}
      </p>
    ),
  }
}
