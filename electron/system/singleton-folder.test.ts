import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeSingletonFolder, singletonFolder } from './singleton-folder.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'singleton-'))
})
afterEach(() => rmSync(home, { recursive: true }))

/** What a start leaves behind that was killed. */
const leave = async (): Promise<string> => {
  const folder = path.join(home, 'scoped_dirAb12')
  mkdirSync(folder)
  const socket = path.join(folder, 'SingletonSocket')
  const server = createServer().listen(socket)
  await new Promise((resolve) => server.once('listening', resolve))
  symlinkSync('12345', path.join(folder, 'SingletonCookie'))
  symlinkSync(socket, path.join(home, 'SingletonSocket'))
  server.close()
  return folder
}

it('the folder of a lock is found through the profile, and removed with what Chromium puts there', async () => {
  const folder = await leave()
  expect(singletonFolder(home)).toBe(folder)
  removeSingletonFolder(folder)
  expect(existsSync(folder)).toBe(false)
})

it('other files in the folder stay', async () => {
  const folder = await leave()
  writeFileSync(path.join(folder, 'letter.txt'), '')
  removeSingletonFolder(folder)
  expect(readdirSync(folder)).toEqual(['letter.txt'])
})

it('a profile without a lock, or whose link leads to something else, has none', () => {
  expect(singletonFolder(home)).toBeUndefined()
  symlinkSync(path.join(home, 'letter.txt'), path.join(home, 'SingletonSocket'))
  expect(singletonFolder(home)).toBeUndefined()
  removeSingletonFolder(path.join(home, 'nowhere'))
})
