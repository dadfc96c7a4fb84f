import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'

/** Plays a sound, without waiting for it. Where nothing can play it there is none. */
export type PlayWav = (wav: Buffer) => Promise<void>

type Player = readonly [program: string, ...args: string[]]

/** The players each system has, the likeliest first. */
const players = (platform: NodeJS.Platform, file: string): readonly Player[] => {
  if (platform === 'darwin') return [['afplay', file]]
  if (platform === 'win32') {
    const script = `(New-Object Media.SoundPlayer '${file.replaceAll("'", "''")}').PlaySync()`
    return [['powershell.exe', '-NoProfile', '-NonInteractive', '-WindowStyle', 'Hidden', '-Command', script]]
  }
  return [
    ['pw-play', file],
    ['paplay', file],
    ['aplay', '-q', file],
  ]
}

/**
 * Makes the function that plays sounds with a program of the system; one at a time, for what comes meanwhile is part of
 * the same news.
 * @param folder where the sound is put for the player
 */
export const createPlayWav = (folder: string, platform: NodeJS.Platform = process.platform): PlayWav => {
  let isPlaying = false
  return async (wav) => {
    if (isPlaying) return
    isPlaying = true
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, 'alert.wav')
      writeFileSync(file, wav, { mode: 0o600 })
      for (const player of players(platform, file)) if (await runs(player)) return
    } catch {
      // A sound is not worth a word.
    } finally {
      isPlaying = false
    }
  }
}

/** Whether the program is there and has played to its end. */
const runs = ([program, ...args]: Player): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', windowsHide: true })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
