import type { AuthorizationResult } from './forum.ts'
import { describe, openLoggedIn, startBrowser, submit, unescapeHtml } from './simulated-browser.ts'
import type { User } from './user-store.ts'

// What a member does on the forum's pages, over real HTTP.

/**
 * What a person does in the browser, over real HTTP: opens the address, logs in when sent there, presses Authorize.
 * @throws Error with status and sentence of the page that stood in the way.
 */
export async function authorizeInBrowser(authorizeUrl: string, user: User): Promise<AuthorizationResult> {
  const browse = startBrowser()
  const page = await openLoggedIn(browse, authorizeUrl, user)
  const answer = await submit(browse, page, '/user-api-key')
  if (answer === null) throw new Error(`No authorize page but ${describe(page)}.`)

  if (answer.location !== null) {
    const payload = new URL(answer.location).searchParams.get('payload')
    return { redirect: answer.location, ...(payload === null ? {} : { payload }) }
  }
  const payload = /<code>([^<]+)<\/code>/.exec(answer.text)?.[1]
  if (payload === undefined) throw new Error(`No key but ${describe(answer)}.`)
  return { payload: unescapeHtml(payload) }
}

/**
 * What a person does for the device flow, over real HTTP: opens the address, logs in when sent there, types the code
 * and decides (protocol.md 1.10).
 * @throws Error with status and sentence of the page that stood in the way.
 */
export async function approveInBrowser(
  verificationUrl: string,
  userCode: string,
  user: User,
  decision: 'authorize' | 'deny',
): Promise<void> {
  const browse = startBrowser()
  const page = await openLoggedIn(browse, verificationUrl, user)
  const asked = await submit(browse, page, '/user-api-key/activate', { code: userCode })
  if (asked === null) throw new Error(`No page to enter a code but ${describe(page)}.`)
  const done = await submit(browse, asked, `/user-api-key/device/${decision}`)
  if (done === null) throw new Error(`Nothing to decide but ${describe(asked)}.`)
  if (done.status !== 200 || done.text.includes('class="error"')) throw new Error(`Not done: ${describe(done)}.`)
}

/**
 * Does the browser's part of asking for a one-time password over real HTTP: logs in, opens the page, confirms.
 * @returns where the browser is sent
 * @throws Error with the page's status and sentence when the forum does not go along.
 */
export async function oneTimeInBrowser(pageUrl: string, user: User): Promise<string> {
  const browse = startBrowser()
  const page = await openLoggedIn(browse, pageUrl, user)
  const answer = await submit(browse, page, '/user-api-key/otp')
  if (answer?.location == null) throw new Error(`No one-time password but ${describe(answer ?? page)}.`)
  return answer.location
}
