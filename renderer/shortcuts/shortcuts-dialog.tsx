import { Fragment } from 'react'
import { useServices } from '../services/services.ts'
import { Modal } from '../ui/modal.tsx'
import styles from './shortcuts.module.css'

/** Either of them does; a keyboard has one that is meant for it. */
const isMac = /^Mac/.test(navigator.platform)

const everywhere = [
  { keys: ['g', 'o'], isSequence: true, what: 'shortcuts.overview' },
  { keys: ['g', 'i'], isSequence: true, what: 'shortcuts.inbox' },
  { keys: ['g', 'a'], isSequence: true, what: 'access.title' },
  { keys: ['g', 's'], isSequence: true, what: 'shortcuts.settings' },
  { keys: ['r'], what: 'shortcuts.refresh' },
  { keys: ['n'], what: 'shortcuts.add' },
  { keys: ['Ctrl Z'], what: 'undo.undo' },
  { keys: ['?'], what: 'shortcuts.show' },
] as const
const inOverview = [
  { keys: ['↓', '↑'], what: 'shortcuts.rows' },
  { keys: ['←', '→'], what: 'shortcuts.beside' },
] as const
const inWideOverview = [
  { keys: ['Ctrl 1', '…', 'Ctrl 9'], what: 'shortcuts.jump' },
  { keys: ['Alt ↑', 'Alt ↓'], what: 'shortcuts.reorder' },
] as const
const inInbox = [
  { keys: ['j', 'k'], what: 'shortcuts.move' },
  { keys: ['Enter'], what: 'shortcuts.open' },
  { keys: ['m'], what: 'shortcuts.mark' },
  { keys: ['/'], what: 'shortcuts.search' },
] as const

const groups = [
  { heading: null, shortcuts: everywhere },
  { heading: 'shortcuts.overview', shortcuts: inOverview },
  { heading: 'shortcuts.wide', shortcuts: inWideOverview },
  { heading: 'shortcuts.inbox', shortcuts: inInbox },
] as const

type Shortcut = (typeof groups)[number]['shortcuts'][number] & { readonly isSequence?: boolean }

export const ShortcutsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useServices()
  return (
    <Modal title={t('shortcuts.title')} onClose={onClose}>
      {groups.map(({ heading, shortcuts }) => (
        <Fragment key={heading}>
          {heading !== null && <h3 className={styles['heading']}>{t(heading)}</h3>}
          <dl className={styles['shortcuts']}>
            {shortcuts.map(({ keys, what, isSequence = false }: Shortcut) => (
              <div key={what} className={styles['shortcut']}>
                <dt>{t(what)}</dt>
                <dd>
                  {keys.map((key, index) => (
                    <Fragment key={key}>
                      {index > 0 && (isSequence ? ` ${t('shortcuts.then')} ` : ' ')}
                      {key === '…' ? key : <Key name={key} />}
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Fragment>
      ))}
      <p className={styles['hint']}>{t('shortcuts.off')}</p>
    </Modal>
  )
}

/** A key as keyboards of the language have it. */
const Key = ({ name }: { readonly name: string }) => {
  const { t } = useServices()
  const control = isMac ? '⌘' : t('shortcuts.control')
  return (
    <kbd dir="ltr" className={styles['key']}>
      {name.replace('Ctrl', control).replace('Enter', t('shortcuts.enter'))}
    </kbd>
  )
}
