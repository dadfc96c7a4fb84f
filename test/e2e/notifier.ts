import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type BrowserContext, type ElectronApplication, expect, type Page } from 'playwright/test'
import * as v from 'valibot'
import { controlPath } from '../../engine/control/control-path.ts'
import { errorCode } from '../../engine/parsing/error-code.ts'
import { removeHome } from '../rig/remove-home.ts'
import { startDesktop as startDesktopSession } from './desktop.ts'
import { launchDesktopProgram } from './desktop-program.ts'

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))

/** What a command line run ended in. */
export interface CliRun {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The built notifier, running as a user would run it, in a home of its own. */
export interface Notifier {
  /** The page's address; that of the headless shell has a token. */
  readonly url: string
  readonly home: string
  readonly profile: string
  readonly env: NodeJS.ProcessEnv
  /** Electron under Playwright; undefined for the headless shell. */
  readonly app?: ElectronApplication | undefined
  /** Its page: in a browser, or the window of the desktop shell. */
  open(): Promise<Page>
  /** The browser's tab for a link that a click in its page opens. */
  follow(page: Page, click: () => Promise<void>): Promise<Page>
  /** Makes `discourse:` links reach it, and resolves when they do. */
  receiveLinks(): Promise<void>
  /** Has the clipboard that its page pastes from hold what was copied in the browser. */
  shareClipboard(copied: string): Promise<void>
  /** Everything it has printed, to both of its outputs. */
  said(): string
  /** Everything it has left where others could read it: what it printed, on any command line but `add`'s, and its files. */
  left(): string
  /** Runs the command line on the same profile. */
  cli(...args: readonly string[]): Promise<CliRun>
  /** The counts and states that `status --json` tells. */
  status(): Promise<Status>
  /** Headless only: ends it, and gives how to start it again on the same port and profile. */
  halt(): Promise<() => Promise<void>>
  /** Ends it by a signal and removes its home. Gives the exit status. */
  stop(): Promise<number | null>
}

export interface NotifierOptions {
  readonly args?: readonly string[]
  /** Runs on the profile that is used when none is named: only there the desktop shell takes forums' links. */
  readonly isDefaultProfile?: boolean
  /** Headless only: a program that starts another one, as `dbus-run-session -- …` does. */
  readonly wrap?: readonly string[]
  /** Variables of the environment besides those every notifier here gets; made for its home. */
  readonly envOf?: (home: string) => Promise<NodeJS.ProcessEnv>
  /** Called with the profile's folder before the start. */
  readonly prepare?: (profile: string) => void
}

const statusSchema = v.object({
  accounts: v.array(
    v.object({
      id: v.string(),
      site: v.string(),
      title: v.string(),
      username: v.string(),
      state: v.string(),
      counts: v.nullable(
        v.object({
          notifications: v.number(),
          messages: v.number(),
          chat: v.number(),
          reviewables: v.number(),
          total: v.number(),
        }),
      ),
      checkedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
    }),
  ),
})
export type Status = v.InferOutput<typeof statusSchema>

/** Which of the two shells hosts the engine. */
export type ShellName = 'headless' | 'desktop'

/**
 * Starts the built notifier and waits until it answers.
 * @param context a browser of the test's own, for the page of the headless shell and for forums
 */
export const startNotifier = async (
  shell: ShellName,
  context: BrowserContext,
  options: NotifierOptions = {},
): Promise<Notifier> => {
  const home = mkdtempSync(path.join(tmpdir(), 'notifier-e2e-'))
  const profile = path.join(home, ...(options.isDefaultProfile ? ['config', 'discourse-notifier'] : ['profile']))
  if (options.prepare !== undefined) {
    mkdirSync(profile, { recursive: true })
    options.prepare(profile)
  }
  // Nothing of this user's own desktop: no session bus, no display, no settings.
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const env: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_RUNTIME_DIR: home,
    // Nor the proxy of the machine where the tests run.
    NO_PROXY: '*',
    ...(await options.envOf?.(home)),
  }
  const start = { home, profile, env, context, options }
  let running = await (shell === 'desktop' ? startDesktop : startHeadless)(start)
  const said: string[] = []

  const run = async (...words: readonly string[]): Promise<CliRun> => {
    const result = await runCli([...words, '--profile', profile], env)
    // `add` gives its terminal the page to approve on, and with it the nonce; `open` the page's address.
    if (words[0] !== 'add' && words[0] !== 'open') said.push(result.stdout, result.stderr)
    return result
  }
  const quit = async (): Promise<void> => {
    const { child } = running
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    if (child.exitCode !== null || child.signalCode !== null) return
    await run('quit')
    await ended
  }
  const printed = (): string => [running.printed(), ...said].join('')
  // The private page that leads a browser to an address with a token in it is there for a minute, as it has to be.
  let remains: string | undefined
  const left = (): string => remains ?? [printed(), ...textsBelow(profile, (name) => name !== 'open.html')].join('\n')
  const stop = async (): Promise<number | null> => {
    await quit()
    await running.end()
    remains = left()
    await removeHome(home)
    return running.child.exitCode
  }
  let stopped: Promise<number | null> | undefined
  return {
    ...{ url: running.url, home, profile, env: running.env, app: running.app, left },
    open: running.open,
    follow: running.follow,
    receiveLinks: running.receiveLinks,
    shareClipboard: running.shareClipboard,
    said: printed,
    cli: run,
    status: async () => v.parse(statusSchema, JSON.parse((await run('status', '--json')).stdout)),
    halt: async () => {
      await quit()
      said.push(running.printed())
      const { port } = new URL(running.url)
      const again = { ...start, options: { ...options, args: [...(options.args ?? []), '--port', port] } }
      return async () => {
        running = await startHeadless(again)
      }
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

const linkHandlerOf = async (env: NodeJS.ProcessEnv): Promise<string> =>
  (await promisify(execFile)('xdg-mime', ['query', 'default', 'x-scheme-handler/discourse'], { env })).stdout.trim()

/** The tab that a click in a browser's page opens. */
export const followInBrowser: Notifier['follow'] = async (page, click) => {
  const opened = page.context().waitForEvent('page')
  await click()
  return await opened
}

interface Start extends Pick<Notifier, 'home' | 'profile' | 'env'> {
  readonly context: BrowserContext
  readonly options: NotifierOptions
}

interface Running
  extends Pick<Notifier, 'app' | 'env' | 'url' | 'open' | 'follow' | 'receiveLinks' | 'shareClipboard'> {
  readonly child: ChildProcess
  printed(): string
  /** Ends what was started beside it. */
  end(): Promise<void>
}

const startHeadless = async ({ profile, env, context, options }: Start): Promise<Running> => {
  const args = [cli, 'serve', '--profile', profile, '--no-open', '--interval', '5', ...(options.args ?? [])]
  const [program = process.execPath, ...programArgs] = [...(options.wrap ?? []), process.execPath, ...args]
  const child = spawn(program, programArgs, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  }
  const url = await readyUrl(child, text(child.stderr))
  return {
    ...{ child, env, url, printed: () => printed.join('') },
    receiveLinks: async () => {
      expect((await runCli(['register-handler', '--profile', profile], env)).status).toBe(0)
    },
    open: async () => {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    follow: followInBrowser,
    // Its page is in the same browser.
    shareClipboard: async () => undefined,
    end: async () => undefined,
  }
}

const startDesktop = async ({ home, profile, env, context, options }: Start): Promise<Running> => {
  const desktop = env['DISPLAY'] === undefined ? await startDesktopSession(home) : undefined
  // A session bus that the test brings, with a keyring on it, is the one to use.
  const { DBUS_SESSION_BUS_ADDRESS = desktop?.env['DBUS_SESSION_BUS_ADDRESS'] } = env
  const session = { ...env, ...desktop?.env, DBUS_SESSION_BUS_ADDRESS }
  const where = options.isDefaultProfile ? [] : ['--profile', profile]
  const { app, process: child, printed } = await launchDesktopProgram([...where, ...(options.args ?? [])], session)
  // From here on the command line reaches it.
  await expect.poll(() => existsSync(controlPath(profile))).toBe(true)
  return {
    ...{ child, printed, app, env: session, url: 'app://notifier/index.html' },
    // It does so by itself, where no other program has them.
    receiveLinks: () => expect.poll(() => linkHandlerOf(session)).toBe('discourse-notifier-app-url.desktop'),
    open: () => app.firstWindow({ timeout: 0 }),
    // A browser without a screen has a clipboard of its own.
    shareClipboard: (copied) => app.evaluate(({ clipboard }, text) => clipboard.writeText(text), copied),
    follow: async (_page, click) => {
      if (desktop === undefined) throw new Error('the test has a desktop of its own, and has to look into its browser')
      const before = desktop.opened().length
      await click()
      await expect.poll(() => desktop.opened().length).toBeGreaterThan(before)
      const tab = await context.newPage()
      await tab.goto(desktop.opened().at(-1) ?? '')
      return tab
    },
    end: async () => await desktop?.stop(),
  }
}

/** The texts of all files in a folder and below whose names are wanted; programs make and remove folders meanwhile. */
export const textsBelow = (folder: string, isWanted = (_name: string) => true): readonly string[] =>
  ifThere(() => readdirSync(folder, { withFileTypes: true }), []).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return textsBelow(place, isWanted)
    return entry.isFile() && isWanted(entry.name) ? [readIfThere(place, 'latin1')] : []
  })

/**
 * The text of a file, without letters beyond ASCII if it is `latin1`; empty while there is none: files are made and replaced
 * by programs that run beside the test, and what was to take a file's place has gone when that is done.
 */
export const readIfThere = (file: string, encoding: 'utf8' | 'latin1' = 'utf8'): string =>
  ifThere(() => readFileSync(file, encoding), '')

const ifThere = <Value>(read: () => Value, otherwise: Value): Value => {
  try {
    return read()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise
    throw error
  }
}

/** Runs the built command line once. */
export const runCli = async (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<CliRun> => {
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status, stdout, stderr }
}

const readyUrl = (child: ChildProcess, complaints: Promise<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const { stdout } = child
    if (stdout === null) return reject(new Error('no output'))
    createInterface({ input: stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice(6))
    })
    child.once('error', reject)
    child.once('exit', async (code) => reject(new Error(`ended with status ${code}: ${await complaints}`)))
  })
