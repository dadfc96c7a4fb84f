import type { DiagnosisFolder, DiagnosisReport } from '../../common/contract/diagnosis.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { Fact } from '../ui/fact.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './diagnostics.module.css'

/** Where the log and what crashes left behind are, and the way there. */
export const LocalFiles = ({ report: { log, crashes } }: { readonly report: DiagnosisReport }) => {
  const { t, host } = useServices()
  const { state, run } = useTask()

  const open = (folder: DiagnosisFolder): void => void run(host.execute('diagnose.openFolder', { folder }))

  return (
    <>
      <dl className={styles['facts']}>
        {log !== null && (
          <Fact term={t('diagnostics.log')}>
            <p className={styles['file']}>
              <bdi dir="ltr">{log}</bdi>
            </p>
            <Button compact onClick={() => open('log')}>
              {t('diagnostics.openLog')}
            </Button>
          </Fact>
        )}
        {crashes !== null && (
          <Fact term={t('diagnostics.crashes')}>
            <p className={styles['file']}>{t('diagnostics.crashCount', { count: crashes.count })}</p>
            {crashes.count > 0 && (
              <Button compact onClick={() => open('crashes')}>
                {t('diagnostics.openCrashes')}
              </Button>
            )}
          </Fact>
        )}
      </dl>
      {state.kind === 'failed' && <FailureNote failure={state.failure} />}
    </>
  )
}
