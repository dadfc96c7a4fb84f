// `npm run dev`: the headless shell rebuilt and restarted when its files change, its page served by vite with reload.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { createBuilder, createServer } from 'vite'

const root = path.join(import.meta.dirname, '..')
const configFile = path.join(root, 'vite.config.ts')
const cli = path.join(root, 'dist', 'headless', 'cli.js')
const profile = path.join(root, 'dist', 'dev-profile')
const pagePort = 5173

/** @type {import('node:child_process').ChildProcess | undefined} */
let shell
/** @type {import('vite').ViteDevServer | undefined} */
let page

/** @param {readonly string[]} names environments of vite.config.ts */
const build = async (names) => {
  const builder = await createBuilder({ configFile, logLevel: 'warn' })
  for (const name of names) {
    const environment = builder.environments[name]
    if (environment !== undefined) await builder.build(environment)
  }
}

/**
 * The page at vite's address, its interface passed on to the shell. The shell answers its own origin only, so the
 * proxy speaks in its name.
 * @param {URL} ready the address that the shell printed
 */
const servePage = async (ready) => {
  await page?.close()
  const passOn = { target: ready.origin, changeOrigin: true, headers: { origin: ready.origin } }
  const proxy = { '/api': passOn, '/open': passOn }
  page = await createServer({ configFile, server: { host: '127.0.0.1', port: pagePort, strictPort: true, proxy } })
  await page.listen()
  console.log(`ready http://127.0.0.1:${pagePort}/${ready.hash}`)
}

/** Starts the shell once the one before it has let go of the profile. */
const startShell = () => {
  const args = [cli, 'serve', '--profile', profile, '--no-open', '--session-secrets', ...process.argv.slice(2)]
  shell = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { stdout } = shell
  if (stdout === null) return
  createInterface({ input: stdout }).on('line', (line) => {
    if (line.startsWith('ready ')) void servePage(new URL(line.slice(6)))
    else console.log(line)
  })
}

const restartShell = async () => {
  await build(['headless'])
  if (shell === undefined || shell.exitCode !== null) return startShell()
  shell.once('exit', startShell)
  shell.kill()
}

/** @type {NodeJS.Timeout | undefined} */
let settling
const onChange = () => {
  clearTimeout(settling)
  settling = setTimeout(() => void restartShell().catch((error) => console.error(error)), 200)
}

// The shell needs a built page to start with, although vite serves the live one.
await build(['client', 'headless'])
startShell()
for (const folder of ['common', 'engine', 'headless']) watch(path.join(root, folder), { recursive: true }, onChange)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    shell?.kill()
    process.exit()
  })
}
