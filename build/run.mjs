// `node build/run.mjs NAME [ARGUMENTS]`: builds what a development program needs, and starts it. Used by `npm run demo`
// and every other script that runs built code.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import * as path from 'node:path'
import { asksForHelp } from './read-options.mjs'

const root = path.join(import.meta.dirname, '..')
const all = ['client', 'headless', 'electron', 'preload', 'dev']

/**
 * What each program runs, and which environments of vite.config.ts have to be built for that.
 * @type {Readonly<Record<string, { file: string, needs: readonly string[], args?: readonly string[], node?: string, env?: Readonly<Record<string, string>> }>>}
 */
const programs = {
  start: { file: 'build/start.mjs', needs: all },
  demo: { file: 'dist/dev/demo.js', needs: ['client', 'headless', 'dev'] },
  forum: { file: 'dist/dev/forum.js', needs: ['dev'] },
  conformance: { file: 'dist/dev/conformance.js', needs: ['dev'] },
  'bench:freshness': { file: 'dist/dev/bench-freshness.js', needs: ['dev'] },
  'bench:scale': { file: 'dist/dev/bench-scale.js', needs: ['dev'] },
  'bench:startup': { file: 'dist/dev/bench-startup.js', needs: all },
  'bench:ui': { file: 'dist/dev/bench-ui.js', needs: ['client', 'dev'] },
  'bench:week': { file: 'dist/dev/bench-week.js', needs: ['dev'], node: '--expose-gc' },
  dist: { file: 'build/dist.mjs', needs: all },
  'dist:headless': { file: 'build/dist-headless.mjs', needs: ['client', 'headless', 'electron'] },
  security: { file: 'build/security.mjs', needs: ['client'] },
  screenshots: { file: 'test/screenshots.mjs', needs: all },
  pictures: {
    file: 'node_modules/playwright/cli.js',
    needs: ['client', 'headless', 'dev'],
    args: ['test', 'pictures', '--update-snapshots=all'],
  },
  'pictures:all': {
    file: 'node_modules/playwright/cli.js',
    needs: ['client', 'headless', 'dev'],
    args: ['test', 'pictures'],
    env: { PICTURES: 'all' },
  },
}

const [name = '', ...args] = process.argv.slice(2)
const program = programs[name]
if (program === undefined) {
  console.error(`There is no program “${name}”. There are: ${Object.keys(programs).join(', ')}.`)
  process.exit(2)
}

/**
 * Runs Node, and exits with its status when it fails. Ctrl-C reaches both processes; this one waits for the other.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 */
const run = async (command, env = process.env) => {
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', env })
  const onInterrupt = () => undefined
  const onTerminate = () => child.kill('SIGTERM')
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate)
  const [status] = await once(child, 'exit')
  process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
  if (status !== 0) process.exit(status ?? 1)
}

// `--help` builds only if the program has never been built.
const file = path.join(root, program.file)
if (!(asksForHelp(args) && existsSync(file))) {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  await run([vite, 'build', '--app', '--logLevel', 'warn'], { ...process.env, BUILD_ONLY: program.needs.join(',') })
}
const command = [...(program.node === undefined ? [] : [program.node]), file, ...(program.args ?? []), ...args]
await run(command, { ...process.env, ...program.env })
