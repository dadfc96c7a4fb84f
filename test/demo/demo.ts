import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import { openInBrowser } from '../../headless/desktop/open-in-browser.ts'
import type { Forum } from '../forum/forum.ts'
import { startForum } from '../forum/start-forum.ts'
import { demoForums, demoUser, startActivity } from './demo-forums.ts'

// `npm run demo`: a few simulated forums and the real notifier on a throw-away profile. Everything is the product's own
// but the forums; nothing is written outside the profile, and no keychain is asked.

const cli = fileURLToPath(new URL('../headless/cli.js', import.meta.url))
const begunSchema = v.object({ authorizeUrl: v.string() })

const startNotifier = async (profile: string): Promise<{ process: ChildProcess; url: string }> => {
  const args = [cli, 'serve', '--profile', profile, '--no-open', '--no-keychain', '--interval', '5']
  const notifier = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: notifier.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice(6))
      else console.log(`  ${line}`)
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
    const [first, ...others] = forums
    if (first !== undefined) await signIn(profile, first)
    stopActivity = startActivity(forums)
    for (const forum of forums) console.log(`forum ${forum.url}`)
    console.log(`ready ${started.url}`)
    console.log(`
The notifier is signed in to ${first?.url}; its numbers change every few seconds.
Add the others yourself: ${others.map(({ url }) => url).join('  ')}
There you log in as ${demoUser.username} with the password “${demoUser.password}”, approve, and copy the code back.
Ctrl-C ends everything and leaves nothing behind.`)
    if (!process.argv.includes('--no-open')) await openInBrowser(started.url, profile)
    await Promise.race([asked, new Promise((resolve) => notifier?.once('exit', resolve))])
  } finally {
    await stop()
  }
}

await run()
