import { spawn } from 'node:child_process'
import { unitVariable } from '../service/unit-file.ts'

/** An opener that has not failed within so many milliseconds runs the program itself, in the foreground. */
const patience = 3000

/**
 * Has the system open a file or a folder of ours with its default program.
 * @returns whether there is something to open it with
 */
export const openWithProgram = async (file: string, foreground = patience): Promise<boolean> => {
  const opener = openers[process.platform] ?? 'xdg-open'
  // A browser must not end with the service, nor run under its restrictions, which its own sandbox could not.
  const isService = process.env[unitVariable] !== undefined
  const [command, ...args] = isService ? ['systemd-run', '--user', '--quiet', '--collect', opener] : [opener]
  return await new Promise((resolve) => {
    const child = spawn(command ?? opener, [...args, file], { stdio: 'ignore', detached: true })
    // `xdg-open` ends with a status where it finds no program, and so does `open` of macOS; explorer's says nothing.
    const end = (isOpened: boolean): void => {
      clearTimeout(timer)
      resolve(isOpened)
    }
    const timer = setTimeout(end, foreground, true)
    child.once('error', () => end(false))
    child.once('exit', (status) => end(status === 0 || process.platform === 'win32'))
    child.unref()
  })
}

const openers: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'open',
  // `start` is a shell command; explorer opens a file with its default program without a shell.
  win32: 'explorer.exe',
}
