import { useState } from 'react'
import { dateText } from '../../common/i18n/time-text.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './keypair-note.module.css'

/** The keypair of this computer: how old it is, what it is for, and the button that creates a new one. */
export const KeypairNote = ({ createdAt }: { readonly createdAt: number | null }) => {
  const { t, host } = useServices()
  const rotating = useTask()
  const [isRotated, setRotated] = useState(false)

  const rotate = async () => {
    setRotated(false)
    setRotated((await rotating.run(host.execute('keypair.rotate', {}))).ok)
  }

  return (
    <div className={styles['keypair']}>
      <p className={styles['facts']}>
        {t('units.named', {
          name: t('access.keypair'),
          what: createdAt === null ? t('access.keypairOld') : t('access.keypairMade', { date: dateText(t, createdAt) }),
        })}
        <Button look="quiet" compact busy={rotating.state.kind === 'busy'} onClick={() => void rotate()}>
          {t('access.rotate')}
        </Button>
      </p>
      <p className={styles['note']}>{t('access.keypairExplain')}</p>
      <p role="status" className={styles['note']}>
        {isRotated && t('access.rotated')}
      </p>
      {rotating.state.kind === 'failed' && <FailureNote failure={rotating.state.failure} />}
    </div>
  )
}
