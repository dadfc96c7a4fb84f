import { pauseChoices } from '../../common/contract/pause-choice.ts'
import { pauseText } from '../../common/i18n/quiet-text.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { MenuButton } from '../ui/menu-button.tsx'

interface PauseControlProps {
  readonly isPaused: boolean
  readonly send: Send
}

/** Pauses alerts for a duration that the user picks, or resumes them. */
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
