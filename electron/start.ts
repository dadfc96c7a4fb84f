import { homedir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeCache } from '../engine/storage/code-cache.ts'
import { ignoreEmptyHome } from '../engine/storage/ignore-empty-home.ts'
import { findCommand, readCommandLine } from './command-line.ts'
import { displayIsThere } from './system/display-is-there.ts'
import { executablePath } from './system/executable-path.ts'
import { tuneMainProcess } from './system/tune-v8.ts'

// Electron's entry point. The code cache has to be in place before the code that it caches is loaded; Electron delays
// `ready` until this module has been evaluated (electronjs.org/docs/latest/tutorial/esm).

/** The index in `process.argv` of the file or folder that a bare Electron was told to run, as in development. */
const placeOfApp = (): number => {
  const own = fileURLToPath(import.meta.url)
  return process.argv.findIndex((arg, index) => index > 0 && own.startsWith(path.resolve(arg)) && !arg.startsWith('-'))
}

ignoreEmptyHome(process.env)
const at = process.defaultApp ? placeOfApp() : 0
const command = findCommand(process.argv.slice(at + 1))

/**
 * Runs the command line of the headless notifier, a bundle of its own beside this one, as Node would: nothing of the
 * desktop has been touched so far, so no display is needed. Ends the process.
 */
const runCommand = async (words: readonly string[]): Promise<never> => {
  const script = at === 0 ? '' : path.resolve(process.argv[at] ?? '')
  process.argv = [executablePath(process.env, process.execPath), script, ...words]
  const commandLine = new URL('../headless/cli.js', import.meta.url).href
  await import(/* @vite-ignore */ commandLine)
  await new Promise((resolve) => process.stdout.write('', resolve))
  // Electron's own `exit` uses 0 unless it is given a code.
  process.exit(process.exitCode)
}

/** Whether this start can show something, or does not need to. */
const canShow = async (): Promise<boolean> => {
  const commandLine = readCommandLine(process.argv.slice(1))
  if (process.platform !== 'linux' || commandLine?.prints !== undefined) return true
  return await displayIsThere(process.env, commandLine?.isHidden === true)
}

if (command !== undefined) await runCommand(command)
else if (await canShow()) {
  tuneMainProcess()
  codeCache(process.platform, process.env, homedir())
  await import('./main.ts')
} else {
  const { failureText } = await import('./failure-text.ts')
  const { locale } = new Intl.DateTimeFormat().resolvedOptions()
  process.stderr.write(`${await failureText({ code: 'display_missing' }, [locale])}\n`)
  // Not `app.exit`: before `ready` Electron has nothing to shut down, and without a display it never gets ready.
  process.exit(1)
}
