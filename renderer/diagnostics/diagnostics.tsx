import { useCallback, useEffect, useState } from 'react'
import type { DiagnosisReport } from '../../common/contract/diagnosis.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { clockText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Section } from '../settings/section.tsx'
import { TestNotification } from '../settings/test-notification.tsx'
import { Fact } from '../ui/fact.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { vaultText } from '../ui/vault-text.ts'
import { ConnectionTest } from './connection-test.tsx'
import styles from './diagnostics.module.css'
import { LocalFiles } from './local-files.tsx'
import { ReportBox } from './report-box.tsx'
import { reportText, type SiteTest } from './report-text.ts'

/** What is wrong, found out step by step; the program's numbers; and a report to give away. */
export const Diagnostics = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { t, host, minutes } = useServices()
  const now = useNow(minutes)
  const { state, run } = useTask()
  const [report, setReport] = useState<DiagnosisReport | null>(null)
  const [test, setTest] = useState<SiteTest | null>(null)
  const { accounts, appVersion, vault } = snapshot

  const ask = useCallback(async () => {
    const result = await run(host.execute('diagnose.report', {}))
    if (result.ok) setReport(result.value)
  }, [host, run])
  useEffect(() => void ask(), [ask])

  const usageText = (id: string): string => {
    const usage = report?.accounts.find(({ account }) => account === id)
    if (usage === undefined) return '–'
    const today = t('diagnostics.today', { count: usage.requestsToday, limit: usage.requestsADay })
    const parts = [today]
    if (usage.blockedUntil !== null)
      parts.push(t('diagnostics.blocked', { time: clockText(t, usage.blockedUntil, now) }))
    if (usage.channel === 'buffered') parts.push(t('diagnostics.channelBuffered'))
    if (usage.channel === 'silent') parts.push(t('diagnostics.channelSilent'))
    return parts.join(t('units.comma'))
  }

  return (
    <>
      <ConnectionTest
        accounts={accounts}
        onTested={(tested) => {
          setTest(tested)
          void ask()
        }}
      />
      <Section title={t('settings.alerts')}>
        <TestNotification />
      </Section>
      <section className={styles['section']}>
        <h2 className={styles['heading']}>{t('diagnostics.program')}</h2>
        {state.kind === 'failed' && <FailureNote failure={state.failure} />}
        <dl className={styles['facts']}>
          <Fact term={t('diagnostics.version')}>{appVersion}</Fact>
          {report !== null && <Fact term={t('diagnostics.system')}>{report.platform}</Fact>}
          {report !== null && <Fact term={t('diagnostics.runtime')}>{report.runtime}</Fact>}
          <Fact term={t('diagnostics.vault')}>{vaultText(t, vault)}</Fact>
          {report?.desktop.map((fact) => (
            <Fact key={fact} term={t('diagnostics.desktop')}>
              {t(`diagnostics.desktopFact.${fact}`)}
            </Fact>
          ))}
        </dl>
        {report !== null && <LocalFiles report={report} />}
        {accounts.length > 0 && (
          <>
            <h3 className={styles['subheading']}>{t('diagnostics.requests')}</h3>
            <ul className={styles['usages']}>
              {accounts.map(({ id, site, username }) => (
                <li key={id} className={styles['usage']}>
                  <span className={styles['name']}>
                    <bdi>{site.title}</bdi> <bdi className={styles['quiet']}>{username}</bdi>
                  </span>
                  <span className={styles['quiet']}>{usageText(id)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {report !== null && report.policy !== null && <PolicyFacts policy={report.policy} />}
      {report !== null && <ReportBox text={reportText(snapshot, report, test)} />}
    </>
  )
}

/** What the computer's administrator has decided, and what of it is not followed. */
const PolicyFacts = ({ policy }: { readonly policy: NonNullable<DiagnosisReport['policy']> }) => {
  const { t } = useServices()
  const { file, sites, proxy, mayUpdate, failures } = policy
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('diagnostics.policy')}</h2>
      <p className={styles['quiet']}>{t('diagnostics.policyFile', { file })}</p>
      <ul aria-label={t('diagnostics.policy')}>
        {sites > 0 && <li>{t('diagnostics.policySites', { count: sites })}</li>}
        {proxy !== null && <li>{t('diagnostics.policyProxy')}</li>}
        {!mayUpdate && <li>{t('diagnostics.policyUpdates')}</li>}
      </ul>
      {failures.map((failure) => (
        <FailureNote key={JSON.stringify(failure)} failure={failure} />
      ))}
    </section>
  )
}
