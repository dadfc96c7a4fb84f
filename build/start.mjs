// `npm start`: the desktop app where Electron runs, otherwise the headless shell. Arguments go to whichever starts.
import { spawn } from 'node:child_process'
import * as path from 'node:path'
import { installElectronRuntime } from './package/electron-runtime.mjs'
import { asksForHelp } from './read-options.mjs'

if (asksForHelp(process.argv.slice(2))) {
  console.log(`Usage: npm start [-- OPTIONS]

Starts the desktop app; where Electron's runtime is neither installed nor can be downloaded, or where
there is no display, the headless notifier. Options go to whichever starts; docs/command-line.md has
those of both. --profile DIR leaves your own settings and keys alone.`)
  process.exit()
}

const dist = path.join(import.meta.dirname, '..', 'dist')
const args = process.argv.slice(2)

/** @returns {string | undefined} why there can be no window */
const noDisplay = () =>
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
    ? 'There is no display here'
    : undefined

const missing = noDisplay()
const runtime = missing === undefined ? installElectronRuntime() : undefined
if (runtime === undefined) {
  const reason = missing ?? 'The Electron runtime is not installed and could not be downloaded'
  console.log(`${reason}, so the notifier starts without a window: open the page it prints.`)
}

/** Options that only the desktop app has; they are dropped for the headless shell, which shows its page unless hidden. */
const desktopOnly = ['--hidden', '--check', '--add', '--toggle', '--disable-gpu']
const headlessArgs = [
  ...args.filter((arg) => !desktopOnly.includes(arg)),
  ...(args.includes('--hidden') ? ['--no-open'] : []),
]

/** @type {[string, string[]]} */
const [program, programArgs] =
  runtime === undefined
    ? [process.execPath, [path.join(dist, 'headless', 'cli.js'), 'serve', ...headlessArgs]]
    : [runtime, [path.join(dist, '..'), ...args]]
const child = spawn(program, programArgs, { stdio: 'inherit' })
// Ctrl-C reaches the child by itself, and a second signal would end it at once; this process waits until it exits.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
