import { useEffect, useState } from 'react'
import { pastedAddress } from '../../common/contract/pasted-address.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { addressesIn } from './addresses-in.ts'
import styles from './sign-in.module.css'

interface ClipboardOfferProps {
  /** What is in the field already, and need not be offered. */
  readonly present: string
  /** Called with an address, or with a text that has several. */
  readonly onUse: (address: string) => void
  /** Called when the user pasted something that is not an address, or the browser refused. */
  readonly onNothing: (reason: 'nothing' | 'refused') => void
}

/**
 * Offers the address on the clipboard as a button, where the clipboard may be read without asking; otherwise a button
 * that asks. The clipboard is read when the dialog opens and whenever the user returns to it, perhaps from copying the
 * address.
 */
export const ClipboardOffer = ({ present, onUse, onNothing }: ClipboardOfferProps) => {
  const { t, host } = useServices()
  const [found, setFound] = useState<string | null>(null)
  const { clipboard } = host

  useEffect(() => {
    let isOver = false
    const look = async () => {
      const address = await clipboard.look()
      if (!isOver) setFound(address)
    }
    const onFocus = () => void look()
    onFocus()
    window.addEventListener('focus', onFocus)
    return () => {
      isOver = true
      window.removeEventListener('focus', onFocus)
    }
  }, [clipboard])

  const paste = async () => {
    const text = (await clipboard.paste?.()) ?? null
    const address = text === null ? null : addressesIn(text).length > 0 ? text : pastedAddress(text)
    if (address === null) onNothing(text === null ? 'refused' : 'nothing')
    else onUse(address)
  }

  // A user who already has an account there copies its addresses for other reasons.
  const isHere = host.getState().snapshot?.accounts.some(({ site }) => site.base === found) === true
  const offered = found === null || found === present || isHere ? null : found
  return (
    <span role="status" className={styles['offer']}>
      {offered !== null && (
        <Button look="quiet" compact onClick={() => onUse(offered)}>
          <span className={styles['offered']}>{t('add.useAddress', { host: offered.replace(/^https:\/\//, '') })}</span>
        </Button>
      )}
      {offered === null && clipboard.paste !== undefined && (
        <Button look="quiet" compact onClick={() => void paste()}>
          {t('add.pasteAddress')}
        </Button>
      )}
    </span>
  )
}
