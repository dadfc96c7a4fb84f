import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { readOptions } from '../../build/read-options.mjs'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { openInBrowser } from '../../headless/desktop/open-in-browser.ts'
import type { Forum } from '../forum/forum.ts'
import { startForum } from '../forum/start-forum.ts'
import { demoForums, demoUser, startActivity } from './demo-forums.ts'

// `npm run demo`: simulated forums and the real notifier on a temporary profile. Everything but the forums is the product's
// own; nothing is written outside that profile, and no keychain is asked.

const values = readOptions(
  `Usage: npm run demo [-- OPTIONS]

Three simulated forums and the notifier on a temporary profile, signed in to the first forum.
Ctrl-C ends everything.

  --no-open   does not open the page in your browser
  --verbose   also prints each alert`,
  { 'no-open': { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false } },
)

const cli = fileURLToPath(new URL('../headless/cli.js', import.meta.url))
const begunSchema = v.object({ authorizeUrl: v.string() })

const startNotifier = async (profile: string): Promise<{ process: ChildProcess; url: string }> => {
  const args = [cli, 'serve', '--profile', profile, '--no-open', '--no-keychain', '--interval', '5']
  const notifier = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: notifier.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice(6))
      // A line for each alert would scroll away what the visitor has to read.
      else if (values.verbose) console.log(line)
    })
    notifier.once('exit', (code) => reject(new Error(`the notifier ended with status ${code}`)))
  })
  return { process: notifier, url }
}

/** Signs the demo's user in on one forum, doing in the browser's place what a visitor does on the others. */
const signIn = async (profile: string, forum: Forum): Promise<void> => {
  const ask = async (call: ControlCall): Promise<unknown> => {
    const answer = await callInstance(controlPath(profile), call)
    if (!answer.ok) throw new Error(`the demo could not sign in: ${answer.failure.code}`)
    return answer.value
  }
  const { authorizeUrl } = v.parse(begunSchema, await ask({ call: 'begin', address: forum.url, method: 'paste' }))
  const { payload } = await forum.authorize({ authorizeUrl, user: demoUser.username })
  await ask({ call: 'command', name: 'attempt.accept', input: { text: payload } })
}

/** What a visitor needs; the address to open comes last, where it is seen. */
const instructions = (forums: readonly Forum[], page: string): string => `
Three simulated forums, on which something happens every few seconds:
${forums.map(({ url }, index) => `  ${(demoForums[index]?.title ?? '').padEnd(14)} ${url}`).join('\n')}

The notifier is signed in to ${demoForums[0]?.title}. Add the others: press “Add a forum”, give one of these addresses,
and on the forum log in as “${demoUser.username}” with the password “${demoUser.password}”. There are three ways in; the buttons below a
sign-in that is waiting change to another:
  short code        you type it on the forum, and the notifier notices by itself; ${demoForums[1]?.title} is new enough for it
  discourse: link   you return via the browser, where this program is registered for such links
  long code         the forum shows it and you paste it; every forum can do this

Ctrl-C ends everything and leaves nothing behind.

Open this: ${page}`

const run = async (): Promise<void> => {
  const profile = mkdtempSync(path.join(tmpdir(), 'discourse-notifier-demo-'))
  const forums: Forum[] = []
  let notifier: ChildProcess | undefined
  let stopActivity = (): void => undefined

  const stop = async (): Promise<void> => {
    stopActivity()
    if (notifier !== undefined && notifier.exitCode === null) {
      const ended = new Promise((resolve) => notifier?.once('exit', resolve))
      notifier.kill('SIGTERM')
      await ended
    }
    for (const forum of forums) await forum.stop()
    rmSync(profile, { recursive: true, force: true })
  }
  const asked = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })

  try {
    for (const options of demoForums) forums.push(await startForum(options))
    const started = await startNotifier(profile)
    notifier = started.process
    const [first] = forums
    if (first !== undefined) await signIn(profile, first)
    stopActivity = startActivity(forums)
    console.log(instructions(forums, started.url))
    if (!values['no-open']) await openInBrowser(started.url, profile)
    await Promise.race([asked, new Promise((resolve) => notifier?.once('exit', resolve))])
  } finally {
    await stop()
  }
}

await run()
