import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import * as path from 'node:path'

// A minimal Debian for trying out packages, without anything that a desktop or a developer would have installed.

/**
 * Copies a Debian that has only the essential packages.
 * @param {string} cache folder that keeps the result of debootstrap for the next run
 * @param {string} suite such as bookworm
 * @returns where the copy is
 * @throws {Error} when debootstrap fails
 */
export function copyCleanDebian(cache, suite) {
  const pristine = path.join(cache, suite)
  if (!existsSync(path.join(pristine, 'etc', 'debian_version'))) {
    console.log(`debootstrap makes a Debian (${suite}) in ${pristine}`)
    mkdirSync(pristine, { recursive: true })
    const { status, stdout } = spawnSync('debootstrap', ['--variant=minbase', suite, pristine], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`debootstrap ended with ${status}: ${stdout.slice(-500)}`)
  }
  const system = mkdtempSync(path.join(cache, 'tried-'))
  spawnSync('cp', ['-a', `${pristine}/.`, system])
  cpSync('/etc/resolv.conf', path.join(system, 'etc', 'resolv.conf'))
  if (existsSync('/etc/apt/apt.conf.d'))
    cpSync('/etc/apt/apt.conf.d', path.join(system, 'etc/apt/apt.conf.d'), { recursive: true })
  return system
}

/**
 * Mounts /proc, /sys and /dev in a system, separate from those of this one.
 * @param {string} system
 */
export function mountKernel(system) {
  const at = (/** @type {readonly string[]} */ ...names) => path.join(system, ...names)
  spawnSync('mount', ['-t', 'proc', 'proc', at('proc')])
  spawnSync('mount', ['-t', 'sysfs', '-o', 'ro', 'sysfs', at('sys')])
  spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', at('dev')])
  for (const name of ['null', 'zero', 'full', 'random', 'urandom', 'tty'])
    spawnSync('cp', ['-a', `/dev/${name}`, at('dev', name)])
  mkdirSync(at('dev', 'shm'))
  chmodSync(at('dev', 'shm'), 0o1777)
}

/**
 * The arguments of unshare(1) that run a program with `system` as its root directory. In a plain chroot the kernel
 * refuses to create user namespaces, which Chromium's sandbox needs.
 * @param {string} system
 * @param {readonly string[]} words
 */
export function enter(system, words) {
  const script = 'mount --rbind "$0" "$0" && cd "$0" && pivot_root . mnt && umount -l /mnt && cd / && exec "$@"'
  return ['--mount', '--propagation', 'private', 'sh', '-c', script, system, ...words]
}

/**
 * How many packages are installed.
 * @param {string} system
 */
export function packagesIn(system) {
  const { stdout } = spawnSync('chroot', [system, 'dpkg-query', '-f', '.', '-W'], { encoding: 'utf8' })
  return stdout.length
}

/**
 * The files of a system that are named after a package, and those in /etc and the desktop's caches that mention it. Users' homes
 * are theirs; what dpkg keeps of a removed package is its own.
 * @param {string} system
 * @param {string} name
 */
export function tracesOf(system, name) {
  const inside = (/** @type {readonly string[]} */ ...words) =>
    spawnSync(words[0] ?? '', words.slice(1), { cwd: system, encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean)
  const passedOver = ['./home', './proc', './sys', './dev', './var/lib/dpkg/info'].flatMap((place) => [
    '-path',
    place,
    '-o',
  ])
  return [
    ...inside('find', '.', '(', ...passedOver.slice(0, -1), ')', '-prune', '-o', '-name', `*${name}*`, '-print'),
    ...inside('grep', '-rlIs', name, 'etc', 'usr/share/applications', 'var/lib/dpkg/alternatives'),
  ]
}
