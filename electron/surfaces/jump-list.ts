import type { App, Task } from 'electron'
import type { Translate } from '../../common/i18n/i18n.ts'

/** What the tasks of Windows' jump list are made with. */
export interface JumpListOptions {
  readonly app: Pick<App, 'setUserTasks'>
  readonly execPath: string
  readonly t: Translate
}

/**
 * Makes the function that keeps our tasks, in the present language, in the menu that Windows opens on the icon in the task
 * bar or the start menu. Each starts the program once more with an action, which the running one fulfils (command-line.ts).
 */
export const createJumpList = ({ app, execPath, t }: JumpListOptions): (() => void) => {
  let shown = ''
  const task = (action: string, title: string): Task => ({
    program: execPath,
    arguments: action,
    iconPath: execPath,
    iconIndex: 0,
    title,
    description: title,
  })
  return () => {
    const tasks = [task('', t('tray.open')), task('--check', t('tray.refresh')), task('--add', t('tray.add'))]
    const titles = tasks.map(({ title }) => title).join('\n')
    if (titles === shown) return
    shown = titles
    app.setUserTasks(tasks)
  }
}
