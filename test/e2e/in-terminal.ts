import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Notifier } from './notifier.ts'

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))

/** How each style begins (ECMA-48, “select graphic rendition”). */
export const styleStart = '\u001b['

interface Terminal {
  readonly columns: number
  readonly env?: NodeJS.ProcessEnv
}

/** What a pseudo-terminal of so many columns shows, line by line; `script` of util-linux makes it. */
export const inTerminal = async (
  notifier: Notifier,
  command: string,
  { columns, env }: Terminal,
): Promise<readonly string[]> => {
  const line = `stty cols ${columns}; '${process.execPath}' '${cli}' ${command} --profile '${notifier.profile}'`
  const { stdout } = await promisify(execFile)('script', ['-qec', line, '/dev/null'], {
    env: { ...notifier.env, TERM: 'xterm-256color', ...env },
  })
  return stdout.replaceAll('\r', '').trimEnd().split('\n')
}
