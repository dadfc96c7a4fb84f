import { spawn } from 'node:child_process'
import { unitVariable } from '../service/unit-file.ts'

/**
 * Has the system open a file or a folder of ours with its default program.
 * @returns whether there is something to open it with
 */
export const openWithProgram = async (file: string): Promise<boolean> => {
  const opener = openers[process.platform] ?? 'xdg-open'
  // A browser must not end with the service, nor run under its restrictions, which its own sandbox could not.
  const isService = process.env[unitVariable] !== undefined
  const [command, ...args] = isService ? ['systemd-run', '--user', '--quiet', '--collect', opener] : [opener]
  return await new Promise((resolve) => {
    const child = spawn(command ?? opener, [...args, file], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

const openers: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'open',
  // `start` is a shell command; explorer opens a file with its default program without a shell.
  win32: 'explorer.exe',
}
