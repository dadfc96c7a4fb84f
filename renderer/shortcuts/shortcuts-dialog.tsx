import { Fragment } from 'react'
import { useServices } from '../services/services.ts'
import { Modal } from '../ui/modal.tsx'
import styles from './shortcuts.module.css'

const shortcuts = [
  { keys: ['g', 'o'], isSequence: true, what: 'overview' },
  { keys: ['g', 'i'], isSequence: true, what: 'inbox' },
  { keys: ['g', 's'], isSequence: true, what: 'settings' },
  { keys: ['r'], isSequence: false, what: 'refresh' },
  { keys: ['n'], isSequence: false, what: 'add' },
  { keys: ['Alt ↑', 'Alt ↓'], isSequence: false, what: 'reorder' },
  { keys: ['j', 'k'], isSequence: false, what: 'move' },
  { keys: ['Enter'], isSequence: false, what: 'open' },
  { keys: ['m'], isSequence: false, what: 'mark' },
  { keys: ['/'], isSequence: false, what: 'search' },
  { keys: ['?'], isSequence: false, what: 'show' },
] as const

export const ShortcutsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useServices()
  return (
    <Modal title={t('shortcuts.title')} onClose={onClose}>
      <dl className={styles['shortcuts']}>
        {shortcuts.map(({ keys, isSequence, what }) => (
          <div key={what} className={styles['shortcut']}>
            <dt>{t(`shortcuts.${what}`)}</dt>
            <dd>
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && (isSequence ? ` ${t('shortcuts.then')} ` : ' ')}
                  <kbd dir="ltr" className={styles['key']}>
                    {key}
                  </kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles['hint']}>{t('shortcuts.off')}</p>
    </Modal>
  )
}
