import { writeFile } from 'node:fs/promises'
import * as path from 'node:path'
import type { Dialog, MessageBoxOptions } from 'electron'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import { errorReason } from '../../engine/parsing/error-code.ts'

/** A yes-or-no question: `buttons` has the label for yes, then the one for no, which Escape chooses. */
export interface Question {
  readonly message: string
  readonly detail?: string
  readonly buttons: readonly [yes: string, no: string]
  /** Whether Return may choose yes. */
  readonly isHarmless?: boolean
}

/** The dialogs that the program shows without its window. */
export interface Dialogs {
  /** Resolves with whether the user chose yes. */
  ask(question: Question): Promise<boolean>
  /** Shows a sentence, and resolves when it was closed. */
  inform(message: string): Promise<void>
  /**
   * Asks where to save a text, under a name to begin with, and saves it there; resolves to whether the user did not cancel.
   * Failure: `settings_not_saved`.
   */
  saveFile(name: string, text: string): Promise<Result<boolean>>
  /** Shows a failure; nobody waits for it to be closed. */
  warn(failure: Failure): void
}

/**
 * Electron's message boxes under the program's name.
 * @param icon the file of the program's icon, which Electron shows in dialogs on Windows and Linux
 * @param folder where saving begins
 */
export const createDialogs = (
  dialog: Pick<Dialog, 'showMessageBox' | 'showSaveDialog'>,
  t: Translate,
  icon: string,
  folder: string,
): Dialogs => {
  const open = async (options: MessageBoxOptions): Promise<number> =>
    (await dialog.showMessageBox({ title: t('app.name'), icon, ...options })).response
  return {
    ask: async ({ buttons, isHarmless = false, ...question }) => {
      const defaultId = isHarmless ? 0 : 1
      return (await open({ type: 'question', defaultId, cancelId: 1, buttons: [...buttons], ...question })) === 0
    },
    inform: async (message) => void (await open({ type: 'info', message })),
    saveFile: async (name, text) => {
      const title = `${t('app.name')}: ${t('settings.export')}`
      const { canceled, filePath } = await dialog.showSaveDialog({ title, defaultPath: path.join(folder, name) })
      if (canceled || filePath === '') return ok(false)
      try {
        await writeFile(filePath, text)
        return ok(true)
      } catch (error) {
        return fail('settings_not_saved', { reason: errorReason(error), file: filePath })
      }
    },
    warn: (failure) => void open({ type: 'warning', message: failureSentence(t, failure) }),
  }
}
