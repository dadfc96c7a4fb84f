import { useRef, useState } from 'react'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './diagnostics.module.css'

/** The report as it would be given away, to be read before, and the way to copy it. */
export const ReportBox = ({ text }: { readonly text: string }) => {
  const { t } = useServices()
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  const box = useRef<HTMLTextAreaElement>(null)

  const copy = async () => {
    // A browser, or Electron's window, may refuse; then it is at least selected.
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => {
        box.current?.focus()
        box.current?.select()
        return document.execCommand('copy')
      },
    )
    setCopied(isCopied ? 'yes' : 'no')
  }

  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('diagnostics.report')}</h2>
      <p className={styles['quiet']}>{t('diagnostics.reportHint')}</p>
      <textarea
        ref={box}
        readOnly
        aria-label={t('diagnostics.report')}
        className={styles['report']}
        dir="ltr"
        rows={8}
        value={text}
      />
      <div className={styles['actions']}>
        <Button onClick={() => void copy()}>{t('diagnostics.copy')}</Button>
        <span role="status" className={styles['quiet']}>
          {copied !== null && t(copied === 'yes' ? 'diagnostics.copied' : 'diagnostics.notCopied')}
        </span>
      </div>
    </section>
  )
}
