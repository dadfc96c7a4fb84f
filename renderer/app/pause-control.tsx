import { pauseChoices } from '../../common/contract/pause-choice.ts'
import { pauseText } from '../../common/i18n/quiet-text.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { MenuButton } from '../ui/menu-button.tsx'

interface PauseControlProps {
  readonly isPaused: boolean
  readonly send: Send
}

/** Holds alerts back, for how long is asked; or ends that. */
export const PauseControl = ({ isPaused, send }: PauseControlProps) => {
  const { t } = useServices()
  // One button for both, so that it keeps the focus when one becomes the other.
  return (
    <MenuButton
      icon={isPaused ? 'play' : 'pause'}
      label={isPaused ? t('quiet.resume') : t('quiet.pause')}
      onPress={isPaused ? () => send('quiet.resume', {}) : undefined}
      items={pauseChoices.map((choice) => ({
        label: pauseText(t, choice),
        onChoose: () => send('quiet.pause', { for: choice }),
      }))}
    />
  )
}
