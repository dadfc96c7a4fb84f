import type { App, Dialog } from 'electron'
import { createLanguage } from '../../engine/preferences/language.ts'
import type { RunningShell } from '../compose.ts'
import { appIcon } from '../icon-file.ts'
import { appName } from '../version.ts'

export interface CrashEnd extends Pick<RunningShell, 'stop' | 'removeFromDesktop'> {
  readonly app: Pick<App, 'exit' | 'getPreferredSystemLanguages' | 'isReady' | 'releaseSingleInstanceLock'>
  readonly dialog: Pick<Dialog, 'showMessageBoxSync'>
  /** Where the log is. */
  readonly folder: string
  /** Called when everything has been written: from then on only the user is waited for. */
  readonly onStopped: () => void
}

/**
 * Ends the program in order, and as failed, after an error that nobody caught. The user is told in one sentence, when
 * nothing of the program is left on the desktop that looks as if it worked. Loaded only then, because the texts are
 * large.
 */
export const endAfterCrash = async (options: CrashEnd): Promise<void> => {
  const { app, dialog, folder, stop, removeFromDesktop, onStopped } = options
  const language = createLanguage(() => app.getPreferredSystemLanguages())
  await language.follow('system')
  const sentence = language.t('cli.crashed', { folder })
  process.stderr.write(`${sentence}\n`)
  await stop()
  onStopped()
  removeFromDesktop()
  // It may be started again while the sentence is still there.
  app.releaseSingleInstanceLock()
  // Before `ready` there can be no dialog.
  if (app.isReady()) dialog.showMessageBoxSync({ type: 'error', title: appName, message: sentence, icon: appIcon })
  app.exit(1)
}
