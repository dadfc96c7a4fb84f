import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { type Browser, chromium } from 'playwright/test'
import { chromiumPath } from '../system-parts.mjs'

/** Where Debian's Chromium looks for what an administrator has decided (chromeenterprise.google/policies). */
const settings = '/etc/chromium'

/** Why no browser can be given policies of the test's own here; undefined when one can. */
export const missingPolicyBrowser = (): string | undefined =>
  chromiumPath() === undefined || spawnSync('unshare', ['--mount', 'mount', '--bind', '/', settings]).status !== 0
    ? 'needs Chromium, and root for a mount namespace with policies of its own'
    : undefined

/**
 * A browser with windows that hands `discourse:` addresses to the system without asking, as its owner's administrator can
 * decide. Its question cannot be answered by Playwright: it is no part of a page.
 * @param env of the desktop that it is to be in; it starts programs with the same
 */
export const startPolicyBrowser = async (env: NodeJS.ProcessEnv, home: string): Promise<Browser> => {
  const folder = path.join(home, 'browser-settings')
  const managed = path.join(folder, 'policies', 'managed')
  mkdirSync(managed, { recursive: true })
  const launched = [{ protocol: 'discourse', allowed_origins: ['*'] }]
  writeFileSync(path.join(managed, 'links.json'), JSON.stringify({ AutoLaunchProtocolsFromOrigins: launched }))
  const script = path.join(folder, 'browser')
  const inNamespace = `mount --bind '${folder}' ${settings} && exec '${chromiumPath()}' "$@"`
  writeFileSync(
    script,
    `#!/bin/sh\nexec unshare --mount -- sh -c '${inNamespace.replaceAll("'", `'"'"'`)}' browser "$@"\n`,
  )
  chmodSync(script, 0o755)
  return await chromium.launch({
    ...{ headless: false, executablePath: script, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] },
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  })
}
