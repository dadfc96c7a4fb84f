import { writeFile } from 'node:fs/promises'
import * as path from 'node:path'
import type { Dialog, MessageBoxOptions } from 'electron'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import { errorReason } from '../../engine/parsing/error-code.ts'
import type { Clock } from '../../engine/ports/clock.ts'

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
  /** Shows a sentence, and resolves once it is closed. */
  inform(message: string): Promise<void>
  /**
   * Asks where to save a text, suggesting a file name, and saves it there; resolves to false when the user cancels.
   * Failure: `settings_not_saved`.
   */
  saveFile(name: string, text: string): Promise<Result<boolean>>
  /** Shows a failure, without waiting until it is closed. */
  warn(failure: Failure): void
}

/**
 * Electron's message boxes, titled with the app's name.
 * @param icon the file of the app's icon, which Electron shows in dialogs on Windows and Linux
 * @param folder the folder in which the save dialog opens
 */
export const createDialogs = (
  dialog: Pick<Dialog, 'showMessageBox' | 'showSaveDialog'>,
  t: Translate,
  icon: string,
  folder: string,
  clock: Clock,
): Dialogs => {
  const open = async (options: MessageBoxOptions): Promise<number> =>
    (await awake(clock, dialog.showMessageBox({ title: t('app.name'), icon, ...options }))).response
  return {
    ask: async ({ buttons, isHarmless = false, ...question }) => {
      const defaultId = isHarmless ? 0 : 1
      return (await open({ type: 'question', defaultId, cancelId: 1, buttons: [...buttons], ...question })) === 0
    },
    inform: async (message) => void (await open({ type: 'info', message })),
    saveFile: async (name, text) => {
      const title = `${t('app.name')}: ${t('settings.export')}`
      const asked = dialog.showSaveDialog({ title, defaultPath: path.join(folder, name) })
      const { canceled, filePath } = await awake(clock, asked)
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

/** How often Node is woken while a dialog is open, in milliseconds. */
const wakeInterval = 200

/**
 * Awaits a dialog's answer. On Linux the answer alone does not wake Node's event loop, so whatever awaits it continues
 * only with the next event: in an otherwise idle program, half a minute later (seen with Electron 33.2.1).
 */
const awake = async <T>(clock: Clock, answer: Promise<T>): Promise<T> => {
  let cancel = (): void => undefined
  const wake = (): void => {
    cancel = clock.after(wakeInterval, wake)
  }
  wake()
  try {
    return await answer
  } finally {
    cancel()
  }
}
