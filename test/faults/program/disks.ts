import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { approvedCode, connect, expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** Whether a file system can be mounted here. */
export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0

/** Runs `work` with the profile on a small file system of its own. */
const onSmallDisk = async ({ machine }: Scene, work: (profile: string) => Promise<void>): Promise<void> => {
  const profile = machine.profile
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'tmpfs', profile])
  try {
    await work(profile)
  } finally {
    await machine.kill()
    execFileSync('umount', [profile])
  }
}

/**
 * Fills the disk while a user signs in, marks, changes settings and revokes. Afterwards everything that was confirmed
 * holds.
 */
export const fillDisk = (scene: Scene): Promise<void> =>
  onSmallDisk(scene, async (profile) => {
    const { machine, forum, tally } = scene
    await machine.start()
    await connect(machine, forum, 'ann')
    const text = await approvedCode(machine, forum, 'ben')
    const filler = path.join(profile, 'filler')
    fill(filler)
    tally.inject('disk full')
    await machine.run('attempt.accept', { text })
    await machine.run('preferences.change', { general: { refreshSeconds: 77 } })
    await machine.kill()
    await machine.start()
    tally.inject('disk full at the start')
    await expectMembers(scene, ['ann'], 'a start on a full disk')
    rmSync(filler)
    await machine.kill()
    await machine.start()
    const { accounts } = await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
    if (!accounts.some(({ username }) => username === 'ben')) await machine.run('attempt.accept', { text })
    await expectMembers(scene, ['ann', 'ben'], 'a full disk')
  })

const fill = (file: string): void => {
  for (const size of [65_536, 4096, 512]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // Full for pieces of this size.
    }
  }
}

/** Makes the disk read-only, as the kernel does when it has found damage. */
export const freezeDisk = (scene: Scene): Promise<void> =>
  onSmallDisk(scene, async (profile) => {
    const { machine, forum, tally } = scene
    await machine.start()
    await connect(machine, forum, 'cat')
    const text = await approvedCode(machine, forum, 'dan')
    execFileSync('mount', ['-o', 'remount,ro', profile])
    tally.inject('disk read-only')
    await machine.run('attempt.accept', { text })
    await machine.run('preferences.change', { general: { refreshSeconds: 78 } })
    execFileSync('mount', ['-o', 'remount,rw', profile])
    await machine.kill()
    await machine.start()
    const { accounts } = await machine.until('the vault opens', ({ vault }) => vault.kind === 'keychain')
    if (!accounts.some(({ username }) => username === 'dan')) await machine.run('attempt.accept', { text })
    await expectMembers(scene, ['cat', 'dan'], 'a read-only disk')
  })

/** Each write to the disk takes a fifth of a second. */
export const slowDisk = async (scene: Scene): Promise<void> => {
  const { machine, forum, tally } = scene
  const inject = 'inject=fsync,fdatasync,rename:delay_enter=200000'
  await machine.start({
    wrap: ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync,rename', '-e', inject],
  })
  tally.inject('disk slow')
  await connect(machine, forum, 'eda')
  await machine.quit()
  await machine.start()
  await expectMembers(scene, ['eda'], 'a slow disk')
  await machine.quit()
}

const damages: readonly (readonly [string, (bytes: Buffer, fraction: () => number) => Buffer])[] = [
  ['cut', (bytes, fraction) => bytes.subarray(0, Math.floor(fraction() * bytes.length))],
  ['empty', () => Buffer.alloc(0)],
  ['zeros', (bytes) => Buffer.alloc(bytes.length)],
  ['one bit, of a state file', (bytes, fraction) => flip(bytes, fraction)],
  ['another text', () => Buffer.from('<!doctype html><title>Log in</title>')],
  ['byte-order mark', (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes])],
  ['UTF-16', (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le')],
  ['numbers without end', (bytes) => Buffer.from(bytes.toString('utf8').replace(/:\d+/g, ':1e400'))],
]

const flip = (bytes: Buffer, fraction: () => number): Buffer => {
  const copy = Buffer.from(bytes)
  const at = Math.floor(fraction() * copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(fraction() * 8))
  return copy
}

/** Damages one file of the profile while the program is not running. */
export const damageFiles = async (scene: Scene, times: number): Promise<void> => {
  const { machine, forum, tally, fraction } = scene
  await machine.start()
  await connect(machine, forum, 'flo')
  for (let time = 0; time < times; time += 1) {
    await machine.quit()
    const [name, damage] = damages[time % damages.length] ?? damages[0] ?? ['', (bytes: Buffer) => bytes]
    // A flipped bit in settings may still be valid text that the user could have written, so only state files get one.
    const folder = path.join(machine.profile, name.startsWith('one bit') ? 'state' : '')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
    const file = files[Math.floor(fraction() * files.length)] ?? ''
    writeFileSync(file, damage(readFileSync(file), fraction))
    tally.inject(`file damaged: ${name}`)
    await machine.start()
    const before = tally.lost().length
    await expectMembers(scene, ['flo'], `${path.basename(file)}: ${name}`)
    // What is lost stays lost, whatever is damaged next.
    if (tally.lost().length > before) break
  }
  await machine.quit()
}

/** What must not be left after kills. */
export const leftovers = (profile: string): readonly string[] =>
  existsSync(profile)
    ? readdirSync(profile, { recursive: true, withFileTypes: true })
        .filter(({ name }) => /\.tmp-|\.new$|^open\.html$/.test(name))
        .map((entry) => `${entry.name} of ${statSync(path.join(entry.parentPath, entry.name)).size} bytes`)
    : []
