import { expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { readCommandLine } from '../command-line.ts'
import { AppDouble } from '../testing/electron-double.ts'
import { createJumpList } from './jump-list.ts'

it('the jump list starts this program with actions that its command line knows', () => {
  const app = new AppDouble()
  const execPath = 'C:\\Program Files\\Discourse Notifier\\Discourse Notifier.exe'
  const show = createJumpList({ app, execPath, t: createTranslate() })
  show()
  expect(app.tasks.map(({ title, program }) => [title, program])).toEqual([
    ['Open Discourse Notifier', execPath],
    ['Check now', execPath],
    ['Add a forum…', execPath],
  ])
  const actions = app.tasks.map(({ arguments: text }) => readCommandLine(text === '' ? [] : text.split(' '))?.action)
  expect(actions).toEqual([undefined, 'check', 'add'])
  const before = app.tasks
  show()
  expect(app.tasks).toBe(before)
})
