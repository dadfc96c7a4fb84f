import { useId, useState } from 'react'
import type { DiagnosisStep } from '../../common/contract/diagnosis.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { findingText } from '../../common/i18n/diagnosis-text.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import styles from './diagnostics.module.css'
import type { SiteTest } from './report-text.ts'

interface ConnectionTestProps {
  readonly accounts: readonly AccountView[]
  readonly onTested: (test: SiteTest) => void
}

/** Tests the way to an account's forum, or to an address that has none yet. */
export const ConnectionTest = ({ accounts, onTested }: ConnectionTestProps) => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  const [chosen, setChosen] = useState(accounts[0]?.id ?? '')
  const [address, setAddress] = useState('')
  const [steps, setSteps] = useState<readonly DiagnosisStep[] | null>(null)
  const fieldId = useId()
  const account = accounts.find(({ id }) => id === chosen)
  const isBusy = state.kind === 'busy'

  const test = async () => {
    setSteps(null)
    const input = account === undefined ? { address } : { account: account.id }
    const result = await run(host.execute('diagnose.site', input))
    if (!result.ok) return
    setSteps(result.value)
    onTested({ host: account?.site.host ?? hostIn(result.value), steps: result.value })
  }

  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('diagnostics.connection')}</h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy) void test()
        }}
      >
        {accounts.length > 0 && (
          <Select
            label={t('diagnostics.what')}
            value={account?.id ?? ''}
            options={[
              ...accounts.map(
                ({ id, site, username }) => [id, t('inbox.siteAndUser', { title: site.title, username })] as const,
              ),
              ['', t('diagnostics.another')],
            ]}
            onChoose={(id) => {
              setChosen(id)
              setSteps(null)
            }}
          />
        )}
        {account === undefined && (
          <>
            <label htmlFor={fieldId} className="visually-hidden">
              {t('diagnostics.address')}
            </label>
            <input
              id={fieldId}
              className={styles['field']}
              dir="ltr"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              placeholder="meta.discourse.org"
              value={address}
              onChange={({ target }) => setAddress(target.value)}
            />
          </>
        )}
        <Button type="submit" look="primary" busy={isBusy}>
          {t('diagnostics.test')}
        </Button>
      </form>
      <p role="status" className={styles['quiet']}>
        {isBusy && t('diagnostics.testing')}
        {/* For who does not see the list appear. */}
        {steps !== null && (
          <span className="visually-hidden">
            {t(steps.some(({ outcome }) => outcome === 'failed') ? 'diagnostics.failed' : 'diagnostics.ok')}
          </span>
        )}
      </p>
      {state.kind === 'failed' && <FailureNote failure={state.failure} />}
      {steps !== null && (
        <ol className={styles['steps']} aria-label={t('diagnostics.connection')}>
          {steps.map((step) => (
            <Step key={step.name} step={step} hasAccount={account !== undefined} />
          ))}
        </ol>
      )}
    </section>
  )
}

const icons = { ok: 'check', failed: 'close', skipped: 'minus' } as const

const Step = ({ step, hasAccount }: { readonly step: DiagnosisStep; readonly hasAccount: boolean }) => {
  const { t } = useServices()
  return (
    <li className={`${styles['step']} ${styles[step.outcome]}`}>
      <Icon name={icons[step.outcome]} size={14} />
      <span>{t(`diagnostics.step.${step.name}`)}</span>
      <span className={styles['finding']}>{findingText(t, step, hasAccount)}</span>
    </li>
  )
}

/** What was typed may be anything; the engine says what it is an address of. */
const hostIn = (steps: readonly DiagnosisStep[]): string => {
  const [first] = steps
  return first?.outcome === 'ok' && first.fact?.kind === 'host' ? first.fact.host : 'none'
}
