import { useServices } from '../services/services.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

interface AccountGoneProps {
  /** Called when the user has read it; the address should then be that of the view. */
  readonly onDismiss: () => void
}

/** Says why a view is shown instead of the account that its address names. */
export const AccountGone = ({ onDismiss }: AccountGoneProps) => {
  const { t } = useServices()
  return (
    <Banner tone="quiet" text={t('page.accountGone')}>
      <Button
        compact
        onClick={() => {
          // The button goes.
          document.querySelector('main')?.focus()
          onDismiss()
        }}
      >
        {t('notice.dismiss')}
      </Button>
    </Banner>
  )
}
