import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'

/** How long a browser may take to start and read the file, in milliseconds. */
const browserPatience = 60_000

/**
 * Opens the notifier's page, or a forum's, in the user's browser. The token in its address must not stand on a command
 * line, which every user of the computer can read, so the browser is given a private file that leads there.
 * @param url an address of our own making, as the URL parser writes it
 * @returns whether a program to open it with was found
 */
export const openInBrowser = async (url: string, profile: string): Promise<boolean> => {
  const file = path.join(profile, 'open.html')
  const target = url.replaceAll('&', '&amp;')
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${target}">\n`, {
    mode: 0o600,
  })
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  if (command === undefined) return false
  return await new Promise((resolve) => {
    const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      // The browser has read it by then, and what it held is not to lie about.
      setTimeout(() => rmSync(file, { force: true }), browserPatience).unref()
      resolve(true)
    })
  })
}

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // `start` is a word of the shell; explorer opens a file with its program without one.
  win32: ['explorer.exe'],
  linux: ['xdg-open'],
}
