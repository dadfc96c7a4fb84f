// `npm run check`: all static checks of the code, in parallel. Run it before every commit.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { readOptions } from './read-options.mjs'

readOptions(
  `Usage: npm run check

Lint, types and unused code, side by side. npm run format mends what can be mended by itself.`,
  {},
)

/** @type {readonly [name: string, script: string][]} */
const steps = [
  ['lint', 'lint'],
  ['types', 'types'],
  ['unused code', 'knip'],
]
const start = performance.now()
const outcomes = await Promise.all(
  steps.map(async ([name, script]) => {
    // On Windows npm is a .cmd file, which needs a shell.
    const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' })
    const [[status], ...output] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
    const isOk = status === 0
    console.log(
      `${isOk ? 'ok    ' : 'failed'}  ${name.padEnd(12)} ${((performance.now() - start) / 1000).toFixed(1)} s`,
    )
    if (!isOk) console.log(output.join(''))
    return isOk
  }),
)
process.exitCode = outcomes.every(Boolean) ? 0 : 1
