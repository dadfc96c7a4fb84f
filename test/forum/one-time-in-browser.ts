import { describe, openLoggedIn, startBrowser, submit } from './simulated-browser.ts'
import type { User } from './user-store.ts'

/**
 * Does the browser's part of asking for a one-time password over real HTTP: logs in, opens the page, confirms.
 * @returns where the browser is sent
 * @throws Error with the page's status and sentence when the forum does not go along.
 */
export const oneTimeInBrowser = async (pageUrl: string, user: User): Promise<string> => {
  const browse = startBrowser()
  const page = await openLoggedIn(browse, pageUrl, user)
  const answer = await submit(browse, page, '/user-api-key/otp')
  if (answer?.location == null) throw new Error(`No one-time password but ${describe(answer ?? page)}.`)
  return answer.location
}
