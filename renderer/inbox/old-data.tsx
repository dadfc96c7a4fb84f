import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountLine, troubleText } from '../../common/glance/glance.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import styles from './inbox.module.css'

interface OldDataProps {
  readonly accounts: readonly AccountView[]
  readonly names: ReadonlyMap<string, string>
}

/** Says in one line how many accounts are out of date, as the header of Home does; it opens to since when, and why. */
export const OldData = ({ accounts, names }: OldDataProps) => {
  const { t, minutes } = useServices()
  const now = useNow(minutes)
  const old = accounts.filter(({ state }) => state.kind !== 'fresh' && state.kind !== 'new')
  const lines = old.map((account) => ({ id: account.id, line: oldLine(t, account, names.get(account.id) ?? '', now) }))
  const [only] = lines
  if (only === undefined) return null
  if (lines.length === 1) return <p className={styles['old']}>{only.line}</p>
  return (
    <details className={styles['old']}>
      <summary>
        <DisclosureArrow />
        {troubleText(t, old)}
      </summary>
      <ul>
        {lines.map(({ id, line }) => (
          <li key={id}>{line}</li>
        ))}
      </ul>
    </details>
  )
}

const oldLine = (t: Translate, account: AccountView, who: string, now: number): string => {
  const why = accountLine(t, account, now)
  return account.checkedAt === null
    ? t('inbox.oldNever', { who, why })
    : t('inbox.oldOf', { who, why, age: ageText(t, account.checkedAt, now) })
}
