import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chimes, chimeWav } from './chime.ts'
import { createPlayWav } from './play-wav.ts'

const loudest = (wav: Buffer): number => {
  let most = 0
  for (let at = 44; at < wav.length; at += 2) most = Math.max(most, Math.abs(wav.readInt16LE(at)))
  return most
}

describe.each(chimes)('the sound %s', (chime) => {
  it('is a WAV file whose header fits it', () => {
    const wav = chimeWav(chime, 100)
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
    expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44])
    const seconds = (wav.length - 44) / wav.readUInt32LE(28)
    expect(seconds).toBeGreaterThan(0.1)
    expect(seconds).toBeLessThan(1)
  })

  it('is as loud as it should be, begins and ends in silence, and never clips', () => {
    const volumes = [0, 25, 50, 100].map((volume) => loudest(chimeWav(chime, volume)))
    expect(volumes).toEqual(volumes.toSorted((a, b) => a - b))
    expect(new Set(volumes).size).toBe(4)
    expect([volumes[0], loudest(chimeWav(chime, 900))]).toEqual([0, volumes[3]])
    expect(volumes[3]).toBeLessThan(32_767)
    const wav = chimeWav(chime, 100)
    expect(Math.abs(wav.readInt16LE(44)) + Math.abs(wav.readInt16LE(wav.length - 2))).toBeLessThan(100)
  })
})

describe.skipIf(process.platform === 'win32')('playing (with players of its own, which are shell scripts)', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'notifier-sound-'))
    vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  const player = (name: string, status: number) => {
    const file = path.join(folder, name)
    writeFileSync(file, `#!/bin/sh\nfor last; do :; done\ncp "$last" "${folder}/heard-by-${name}"\nexit ${status}\n`)
    chmodSync(file, 0o755)
  }
  const heard = (name: string) => existsSync(path.join(folder, `heard-by-${name}`))

  it('takes the first player that is there and works', async () => {
    player('pw-play', 1)
    player('paplay', 0)
    player('aplay', 0)
    const wav = chimeWav('drop', 50)
    await createPlayWav(path.join(folder, 'state'), 'linux')(wav)
    expect(['pw-play', 'paplay', 'aplay'].map(heard)).toEqual([true, true, false])
    expect(readFileSync(path.join(folder, 'heard-by-paplay')).equals(wav)).toBe(true)
  })

  it('is silent where there is none, and where the folder cannot be used', async () => {
    await createPlayWav(path.join(folder, 'state'), 'darwin')(chimeWav('drop', 50))
    writeFileSync(path.join(folder, 'file'), '')
    await createPlayWav(path.join(folder, 'file', 'below'), 'linux')(chimeWav('drop', 50))
    expect(['pw-play', 'paplay', 'aplay', 'afplay'].map(heard)).toEqual([false, false, false, false])
  })
})
