import type { App, Task } from 'electron'
import type { Translate } from '../../common/i18n/i18n.ts'

export interface JumpListOptions {
  readonly app: Pick<App, 'setUserTasks'>
  readonly execPath: string
  readonly t: Translate
}

/**
 * Returns a function that keeps our tasks, in the current language, in the menu that Windows opens on the icon in the
 * taskbar or the start menu. Each task starts the program again with an action, which the running instance performs
 * (command-line.ts).
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
