import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication } from 'playwright/test'
import { testElectron } from '../electron-runtime.mjs'

const main = fileURLToPath(new URL('../../dist/electron/start.js', import.meta.url))
const hold = fileURLToPath(new URL('./hold-until-attached.cjs', import.meta.url))

/** A packed program of the test flavour to drive instead of the built shell (`npm run dist -- --dir --flavour test`). */
const packaged = process.env['PACKAGED_APP']

/** Why the desktop shell cannot be started here; undefined when it can. */
export const missingDesktopProgram = (): string | undefined =>
  (packaged ?? testElectron()) === undefined
    ? 'not on this machine: Electron (see test/electron-runtime.mjs)'
    : undefined

/** Without a graphics card the process that draws fails at each start under Xvfb, up to the app's own limit. */
const defaultSwitches = ['--disable-gpu']

/** The program and its first arguments, as a test starts it. */
export const desktopProgram = (
  switches: readonly string[] = defaultSwitches,
): { readonly program: string; readonly args: readonly string[] } => {
  const program = packaged ?? testElectron()
  if (program === undefined) throw new Error('there is no Electron')
  return {
    program,
    args: [
      // Root cannot use Chromium's sandbox; electron-packed.e2e.ts starts the program as an ordinary user.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...switches,
      ...(packaged === undefined ? [main] : []),
    ],
  }
}

/** How long a start may take, in milliseconds: less than a test has, so that it is named when it does not come. */
const launchTimeout = 90_000

/** The desktop shell under Playwright. */
export interface DesktopProgram {
  readonly app: ElectronApplication
  readonly process: ChildProcess
  /** What it has printed so far. */
  printed(): string
}

/**
 * Holds the answers of what is evaluated in the main process until they are here. V8's inspector holds the promise that it
 * waits for weakly, and a settled promise is held by nothing else: a garbage collection before the answer is passed on
 * loses it ("Resulting promise was garbage collected"), with Electron's late microtasks more often than in Node.
 * That promise is Playwright's, made directly after the evaluated function is called; a hook finds it.
 */
const keepResults = (app: ElectronApplication): void => {
  const evaluate = app.evaluate.bind(app)
  app.evaluate = (action: unknown, argument?: unknown) =>
    evaluate(
      async (electron, [source, isFunction, given]) => {
        const held: Promise<unknown>[] = []
        const stop = process.getBuiltinModule('v8').promiseHooks.onInit((made) => held.push(made))
        const kept: unknown[] = Reflect.get(globalThis, 'keptAnswers') ?? []
        Object.assign(globalThis, { keptAnswers: [...kept.slice(-100), held] })
        await undefined
        stop()
        // biome-ignore lint/security/noGlobalEval: as Playwright does it
        const evaluated = globalThis.eval(`(${source})`)
        return isFunction ? await evaluated(electron, given) : await evaluated
      },
      [String(action), typeof action === 'function', argument] as const,
    )
}

/**
 * @param switches Chromium's, in the place of those that every other test uses
 * @param env everything the program gets; its display and session bus stand there
 */
export const launchDesktopProgram = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  switches?: readonly string[],
): Promise<DesktopProgram> => {
  const { program, args: first } = desktopProgram(switches)
  const app = await _electron.launch({
    executablePath: program,
    // A package runs nothing but its own archive.
    args: [...(packaged === undefined ? ['-r', hold] : []), ...first, ...args],
    timeout: launchTimeout,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  })
  // Without this, Playwright gives up on anything in an Electron's window after 30 s, whatever its configuration says.
  app.context().setDefaultTimeout(0)
  keepResults(app)
  const child = app.process()
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  }
  return { app, process: child, printed: () => printed.join('') }
}
