import { useRef } from 'react'
import { isInTrouble, troubleText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import { AttentionRows, type AttentionRowsProps } from './attention-rows.tsx'
import { openRowMenu } from './open-row-menu.ts'
import { useRovingFocus } from './use-roving-focus.ts'

/** Lists the accounts in trouble with the reasons, above their notifications; nothing when all are in order. */
export const AttentionList = ({ accounts, ...shared }: AttentionRowsProps) => {
  const { t } = useServices()
  const list = useRef<HTMLUListElement>(null)
  useRovingFocus(list)
  const troubled = accounts.filter(isInTrouble)
  if (troubled.length === 0) return null
  return (
    <ul ref={list} aria-label={troubleText(t, troubled)} onContextMenu={openRowMenu}>
      <AttentionRows accounts={troubled} {...shared} />
    </ul>
  )
}
