import { useState } from 'react'
import { useServices } from '../services/services.ts'
import { Icon } from '../ui/icon.tsx'
import styles from './sign-in.module.css'

interface DeviceCodeProps {
  readonly code: string
  /** Called when the user has copied the code. */
  readonly onCopied?: () => void
}

/** The code to type on the forum's page, large; a click copies it. */
export const DeviceCode = ({ code, onCopied }: DeviceCodeProps) => {
  const { t } = useServices()
  const [isCopied, setCopied] = useState(false)

  const copy = async () => {
    onCopied?.()
    // A browser may refuse; the code can still be read and typed.
    setCopied(
      await navigator.clipboard.writeText(code).then(
        () => true,
        () => false,
      ),
    )
  }

  return (
    <div className={styles['device']}>
      <p>{t('add.typeCode')}</p>
      <button
        type="button"
        className={styles['code']}
        aria-label={t('add.copyCode', { code })}
        onClick={() => void copy()}
      >
        {code}
        <Icon name={isCopied ? 'check' : 'copy'} size={14} />
      </button>
      <p role="status" className={styles['quiet']}>
        {isCopied ? t('add.copied') : t('add.typeCodeExplain')}
      </p>
    </div>
  )
}
