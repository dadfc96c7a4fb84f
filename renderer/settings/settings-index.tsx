import { type SettingsSection, settingsSections } from '../app/view.ts'
import { useServices } from '../services/services.ts'
import { showHeading } from './section.tsx'
import frame from './settings-frame.module.css'

interface SettingsIndexProps {
  readonly hasAccounts: boolean
  readonly onSection: (section: SettingsSection) => void
}

/**
 * Links to the sections, visible while the settings scroll; where there is no room for them, the search takes their
 * place.
 */
export const SettingsIndex = ({ hasAccounts, onSection }: SettingsIndexProps) => {
  const { t } = useServices()
  return (
    <nav aria-label={t('settings.index')} className={frame['index']}>
      <ul>
        {settingsSections
          .filter((section) => hasAccounts || section !== 'accounts')
          .map((section) => (
            <li key={section}>
              <button
                type="button"
                className={frame['indexItem']}
                onClick={() => {
                  onSection(section)
                  showHeading(document.querySelector(`[data-section=${section}]`))
                }}
              >
                {t(`settings.${section}`)}
              </button>
            </li>
          ))}
      </ul>
    </nav>
  )
}
