import { expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import type { Notifier } from './notifier.ts'

/** Adds an account by the command line. One forum takes few requests of a notifier at a time, so this may be tried again. */
export const connect = async (notifier: Notifier, forum: Forum, user: string): Promise<void> => {
  let authorizeUrl: string | undefined
  await expect
    .poll(async () => {
      const begun = await notifier.cli('add', forum.url, '--method', 'paste', '--json')
      authorizeUrl = begun.status === 0 ? JSON.parse(begun.stdout).authorizeUrl : undefined
      return authorizeUrl
    })
    .toBeDefined()
  const { payload = '' } = await forum.authorize({ authorizeUrl: authorizeUrl ?? '', user })
  await expect.poll(async () => (await notifier.cli('accept', payload)).status).toBe(0)
}
