import { describe, openLoggedIn, startBrowser, submit } from './simulated-browser.ts'
import type { User } from './user-store.ts'

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
