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
 * What a dialog is answered with. On Linux its answer alone does not wake Node, so that what waits for it goes on with the
 * next event only: in a program that does nothing else half a minute later (seen with Electron 33.2.1).
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
