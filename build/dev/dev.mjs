// `npm run dev`: rebuilds and restarts a shell when its files change, and reloads its page.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { createServer } from 'node:net'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { createBuilder } from 'vite'
import { installElectronRuntime } from '../package/electron-runtime.mjs'
import { asksForHelp } from '../read-options.mjs'
import { reloadPages } from './reload-pages.mjs'
import { servePage } from './serve-page.mjs'

const usage = `Usage: npm run dev [-- --electron] [-- OPTIONS]

Runs the notifier on a profile of its own (dist/dev-profile), with keys in memory only.

Without --electron: the headless notifier, rebuilt and restarted when common/, engine/ or headless/
change; vite serves its page, which reloads by itself. Open the address after “ready”. Other options
go to the command serve.
With --electron: the desktop app, rebuilt and restarted when common/, engine/ or electron/ change;
when renderer/ changes, only the page is rebuilt and reloaded. Needs Electron's runtime. Other options
go to the app.`

const root = path.join(import.meta.dirname, '..', '..')
const profile = path.join(root, 'dist', 'dev-profile')
const pagePort = 5173
/** Debounce of file changes, in milliseconds: editors write several files at once. */
const settled = 200

/**
 * Builds, one at a time.
 * @param {readonly string[]} names environments of vite.config.ts
 */
const build = async (names) => {
  const builder = await createBuilder({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
  for (const name of names) {
    const environment = builder.environments[name]
    if (environment !== undefined) await builder.build(environment)
  }
}

/** @param {() => import('node:child_process').ChildProcess} start */
const createRestarting = (start) => {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let running
  return {
    /** Starts the shell after the previous one has exited and released the profile. */
    restart: async () => {
      if (running !== undefined && running.exitCode === null && running.signalCode === null) {
        const ended = once(running, 'exit')
        running.kill()
        await ended
      }
      running = start()
    },
    stop: () => running?.kill(),
  }
}

/**
 * Calls `onChange` after changes, with the folders that changed; never concurrently. A failed build is logged, and the
 * next change tries again.
 * @param {readonly string[]} folders of the project
 * @param {(changed: ReadonlySet<string>) => Promise<void>} onChange
 */
const watchFolders = (folders, onChange) => {
  /** @type {Set<string>} */
  let changed = new Set()
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  let working = Promise.resolve()
  const start = () => {
    const folders = changed
    changed = new Set()
    working = working.then(() => onChange(folders)).catch((error) => console.error(error))
  }
  for (const folder of folders) {
    watch(path.join(root, folder), { recursive: true }, () => {
      changed.add(folder)
      clearTimeout(timer)
      timer = setTimeout(start, settled)
    })
  }
}

/** @param {readonly string[]} options for `serve` */
const developHeadless = async (options) => {
  /** @type {Awaited<ReturnType<typeof servePage>> | undefined} */
  let page
  /** @param {URL} ready */
  const showPage = async (ready) => {
    await page?.close()
    page = await servePage(ready, pagePort)
    console.log(`ready ${page.url}`)
  }
  const shell = createRestarting(() => {
    const cli = path.join(root, 'dist', 'headless', 'cli.js')
    const args = [cli, 'serve', '--profile', profile, '--no-open', '--no-keychain', ...options]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) showPage(new URL(line.slice(6))).catch((error) => console.error(error))
      else console.log(line)
    })
    return child
  })
  // The shell needs a built page to start, although vite serves the live one.
  await build(['client', 'headless'])
  await shell.restart()
  watchFolders(['common', 'engine', 'headless'], async () => {
    await build(['headless'])
    await shell.restart()
  })
  return shell.stop
}

/** @param {readonly string[]} options for the app */
const developElectron = async (options) => {
  const runtime = installElectronRuntime()
  if (runtime === undefined) {
    console.error('The Electron runtime is not installed and could not be downloaded.')
    process.exit(1)
  }
  const port = await freePort()
  const shell = createRestarting(() => {
    const args = [root, '--profile', profile, '--no-keychain', `--remote-debugging-port=${port}`, ...options]
    return spawn(runtime, args, { stdio: 'inherit' })
  })
  await build(['client', 'electron', 'preload'])
  await shell.restart()
  watchFolders(['common', 'engine', 'electron', 'renderer'], async (changed) => {
    const isPageAlone = changed.size === 1 && changed.has('renderer')
    await build(isPageAlone ? ['client'] : ['client', 'electron', 'preload'])
    if (isPageAlone) await reloadPages(port)
    else await shell.restart()
  })
  return shell.stop
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  server.close()
  await once(server, 'close')
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

const args = process.argv.slice(2)
if (asksForHelp(args)) {
  console.log(usage)
  process.exit()
}
const options = args.filter((arg) => arg !== '--electron')
const stop = await (args.includes('--electron') ? developElectron(options) : developHeadless(options))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stop()
    process.exit()
  })
}
