import type { AuthorizationResult } from './forum.ts'
import { describe, openLoggedIn, startBrowser, submit, unescapeHtml } from './simulated-browser.ts'
import type { User } from './user-store.ts'

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
