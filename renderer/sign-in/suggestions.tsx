import { useServices } from '../services/services.ts'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import { publicForums } from './public-forums.ts'
import styles from './sign-in.module.css'

interface SuggestionsProps {
  /** Addresses that the computer's administrator suggests. */
  readonly preset: readonly string[]
  readonly onUse: (address: string) => void
}

/** Forums to pick from instead of typing an address; those with an account here are left out. */
export const Suggestions = ({ preset, onUse }: SuggestionsProps) => {
  const { t, host } = useServices()
  const known = new Set(host.getState().snapshot?.accounts.map(({ site }) => site.base))
  const isNew = (address: string) => !known.has(address.includes('://') ? address : `https://${address}`)
  const suggested = preset.filter(isNew)
  const large = publicForums.filter(({ address }) => isNew(address))
  return (
    <>
      {suggested.length > 0 && (
        <div>
          <p className={styles['quiet']}>{t('add.suggested')}</p>
          <ul className={styles['suggestions']}>
            {suggested.map((address) => (
              <li key={address}>
                <button type="button" className={styles['suggestion']} onClick={() => onUse(address)}>
                  {address.replace(/^https:\/\//, '')}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <details className={styles['more']}>
        <summary>
          <DisclosureArrow />
          {t('add.publicForums')}
        </summary>
        <ul className={styles['suggestions']}>
          {large.map(({ name, address }) => (
            <li key={address}>
              <button type="button" className={styles['suggestion']} title={address} onClick={() => onUse(address)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}
