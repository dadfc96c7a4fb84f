import { rmSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { openWithProgram } from './open-with-program.ts'

/** How long a browser may take to start and read the file, in milliseconds. */
const browserTimeout = 60_000

/**
 * Opens the notifier's page, or a forum's, in the user's browser. The token in its address must not be on a command
 * line, which every user of the computer can read, so the browser is given a private file that redirects there.
 * @param url an address of our own making, as the URL parser writes it
 * @returns whether the file could be written, and a program to open it with was found
 */
export const openInBrowser = async (url: string, profile: string): Promise<boolean> => {
  const file = pageFile(profile)
  const target = url.replaceAll('&', '&amp;')
  try {
    const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${target}">\n`
    writeFileSync(file, page, { mode: 0o600 })
  } catch {
    // A full disk must not end the notifier.
    return false
  }
  const isOpened = await openWithProgram(file)
  // The browser has read it by then, and its contents must not stay around.
  setTimeout(() => removeBrowserPage(profile), browserTimeout).unref()
  return isOpened
}

const pageFile = (profile: string): string => path.join(profile, 'open.html')

/** Removes the file that led a browser somewhere, for whoever ends before that is done, and for what a crash has left. */
export const removeBrowserPage = (profile: string): void => {
  try {
    rmSync(pageFile(profile), { force: true })
  } catch {
    // A disk that takes nothing any more keeps it.
  }
}
