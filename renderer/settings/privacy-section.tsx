import { ok } from '../../common/contract/failure.ts'
import type { VaultState } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { Fact } from '../ui/fact.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { vaultText } from '../ui/vault-text.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'

interface PrivacySectionProps {
  readonly vault: VaultState
  readonly isGoal: boolean
  readonly onAccess: () => void
}

/** What is stored where, and who is contacted. */
export const PrivacySection = ({ vault, isGoal, onAccess }: PrivacySectionProps) => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  const facts = [
    [t('settings.keys'), vaultText(t, vault)],
    [t('settings.kept'), t('settings.keptWhere')],
    [t('settings.news'), t('settings.newsWhere')],
    [t('settings.log'), t('settings.logWhere')],
    [t('settings.sent'), t('settings.sentWhere')],
  ] as const
  return (
    <Section name="privacy" isGoal={isGoal}>
      <Searchable words={facts.flat()}>
        <dl className={styles['facts']}>
          {facts.map(([term, fact]) => (
            <Fact key={term} term={term}>
              {fact}
            </Fact>
          ))}
        </dl>
      </Searchable>
      <Searchable words={[t('settings.access')]}>
        <div className={styles['row']}>
          <div className={styles['actions']}>
            <Button onClick={onAccess}>{t('settings.access')}</Button>
          </div>
        </div>
      </Searchable>
      {host.logOutPages !== undefined && (
        <Searchable words={[t('settings.logOutPages'), t('settings.logOutPagesHint')]}>
          <div className={styles['row']}>
            <p className={`${styles['words']} ${styles['hint']}`}>{t('settings.logOutPagesHint')}</p>
            <div className={styles['actions']}>
              <Button
                busy={state.kind === 'busy'}
                onClick={() => void run(host.logOutPages?.() ?? Promise.resolve(ok(null)))}
              >
                {t('settings.logOutPages')}
              </Button>
            </div>
            {state.kind === 'failed' && (
              <div className={styles['below']}>
                <FailureNote failure={state.failure} />
              </div>
            )}
          </div>
        </Searchable>
      )}
    </Section>
  )
}
