import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'

/**
 * Waits for a dialog of the desktop app that has no window of its own yet, and chooses its default with Return.
 * @returns when that was, in milliseconds since 1970
 */
export const answerDialog = async (env: NodeJS.ProcessEnv): Promise<number> => {
  const xdotool = async (...words: readonly string[]): Promise<string> =>
    (await promisify(execFile)('xdotool', words, { env })).stdout.trim()
  let dialog = ''
  // A search ends with an error where any window goes while it looks at it.
  const findDialog = async (): Promise<string> => {
    const found = await xdotool('search', '--onlyvisible', '--name', '^Discourse Notifier$').catch(() => '')
    dialog = found.split('\n')[0] ?? ''
    return dialog
  }
  await expect.poll(findDialog).not.toBe('')
  await xdotool('windowfocus', '--sync', dialog)
  let answered = 0
  // GTK takes keys only a while after a dialog is to be seen, and nothing tells when.
  const press = async (): Promise<string> => {
    if ((await findDialog()) === '') return ''
    answered = Date.now()
    await xdotool('key', 'Return')
    return await findDialog()
  }
  await expect.poll(press, { intervals: [1000, 3000] }).toBe('')
  return answered
}
