import { useId } from 'react'
import type { Notice } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useUndo } from '../undo/use-undo.ts'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'
import { useChange } from './use-change.ts'
import { useFocusAfterRemoval } from './use-focus-after-removal.ts'
import { useNewEntry } from './use-new-entry.tsx'

/** As many as the preferences schema allows. */
const mostCertificates = 100

interface CertificateFilesProps {
  readonly files: readonly string[]
  readonly notices: readonly Notice[]
}

/**
 * Files with additional certificate authorities, each with what is wrong with it. A page cannot see the disk, so paths
 * are typed.
 */
export const CertificateFiles = ({ files, notices }: CertificateFilesProps) => {
  const { t, host } = useServices()
  const { change, failure } = useChange()
  const id = useId()
  const hintId = useId()
  const failureOf = (file: string) =>
    notices.find(
      (notice) => notice.failure.code === 'certificate_unreadable' && notice.failure.params?.['file'] === file,
    )?.failure
  const { offer } = useUndo()
  const { frame, willRemove } = useFocusAfterRemoval(files.length)
  const { onSubmit, field, note } = useNewEntry({
    entries: files,
    count: files.length,
    most: mostCertificates,
    add: (file, onTaken) => change({ network: { certificates: [...files, file] } }, onTaken),
  })
  const remove = (file: string) => {
    const network = { certificates: [...files] }
    willRemove(files.indexOf(file))
    change({ network: { certificates: files.filter((other) => other !== file) } }, () =>
      offer({ text: t('undo.file', { file }), undo: () => host.execute('preferences.change', { network }) }),
    )
  }
  return (
    <Searchable words={[t('settings.certificates'), t('settings.certificatesHint')]}>
      <div className={styles['row']}>
        <div ref={frame} className={styles['words']}>
          <label htmlFor={id}>{t('settings.certificates')}</label>
          <p id={hintId} className={styles['hint']}>
            {t('settings.certificatesHint')}
          </p>
          {files.length > 0 && (
            <ul className={styles['list']}>
              {files.map((file) => {
                const wrong = failureOf(file)
                return (
                  <li key={file} data-entry>
                    <div className={styles['listItem']}>
                      <bdi dir="ltr" className={styles['listText']}>
                        {file}
                      </bdi>
                      <Button
                        compact
                        look="quiet"
                        label={t('settings.removeFile', { file })}
                        onClick={() => remove(file)}
                      >
                        {t('settings.remove')}
                      </Button>
                    </div>
                    {wrong !== undefined && <FailureNote failure={wrong} />}
                  </li>
                )
              })}
            </ul>
          )}
          <form data-adding className={styles['addFile']} onSubmit={onSubmit}>
            <input
              id={id}
              className={styles['text']}
              dir="ltr"
              aria-describedby={hintId}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              placeholder="/etc/ssl/company-ca.pem"
              {...field}
            />
            <Button type="submit">{t('settings.add')}</Button>
          </form>
          {note}
          {failure !== null && <FailureNote failure={failure} />}
        </div>
      </div>
    </Searchable>
  )
}
