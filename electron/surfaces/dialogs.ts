import type { Dialog, MessageBoxOptions } from 'electron'
import type { Failure } from '../../common/contract/failure.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'

/** A yes-or-no question: `buttons` has the label for yes, then the one for no, which Return and Escape choose. */
export interface Question {
  readonly message: string
  readonly detail?: string
  readonly buttons: readonly [yes: string, no: string]
}

/** The dialogs that the program shows without its window. */
export interface Dialogs {
  /** Resolves with whether the user chose yes. */
  ask(question: Question): Promise<boolean>
  /** Shows a sentence, and resolves when it was closed. */
  inform(message: string): Promise<void>
  /** Shows a failure; nobody waits for it to be closed. */
  warn(failure: Failure): void
}

/**
 * Electron's message boxes under the program's name.
 * @param icon the file of the program's icon, which Electron shows in dialogs on Windows and Linux
 */
export const createDialogs = (dialog: Pick<Dialog, 'showMessageBox'>, t: Translate, icon: string): Dialogs => {
  const open = async (options: MessageBoxOptions): Promise<number> =>
    (await dialog.showMessageBox({ title: t('app.name'), icon, ...options })).response
  return {
    ask: async ({ buttons, ...question }) =>
      (await open({ type: 'question', defaultId: 1, cancelId: 1, buttons: [...buttons], ...question })) === 0,
    inform: async (message) => void (await open({ type: 'info', message })),
    warn: (failure) => void open({ type: 'warning', message: failureSentence(t, failure) }),
  }
}
