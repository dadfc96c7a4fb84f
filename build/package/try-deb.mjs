// `node build/package/try-deb.mjs FILE.deb`: installs a deb in a clean Debian, starts it there as an ordinary user,
// opens a `discourse:` link, removes the package, and reports what it saw. Needs root, debootstrap, Xvfb, dbus-daemon
// and unshare; the result of debootstrap is kept for the next run. Only the deb's own dependencies are installed.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { defineInterface, sessionBus } from 'dbus-native'
import { copyCleanDebian, enter, mountKernel, packagesIn, tracesOf } from './clean-debian.mjs'

const usage = `Usage: node build/package/try-deb.mjs [--suite bookworm] [--cache DIR] FILE.deb`
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string', default: 'bookworm' },
    cache: { type: 'string', default: path.join(tmpdir(), 'clean-debian') },
    /** Internal: runs the part that listens on the session bus, as the ordinary user. */
    listen: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const user = { uid: 1000, gid: 1000 }
/** Tells the process in its own mount namespace where the copy of Debian is. */
const namespaceVariable = 'TRY_DEB_SYSTEM'
const systemFolder = process.env[namespaceVariable]
if (values.help) console.log(usage)
else if (values.listen !== undefined) await listen(values.listen)
else if (positionals.length !== 1 || process.getuid?.() !== 0) fail(`${usage}\nIt has to be run by root.`, 2)
else if (systemFolder !== undefined) await tryDeb(path.resolve(positionals[0] ?? ''), systemFolder)
else {
  // Mounts disappear with the namespace, however this ends; files are removed only after that.
  const system = copyCleanDebian(values.cache, values.suite)
  const words = ['--mount', '--propagation', 'private', process.execPath, ...process.argv.slice(1)]
  const { status } = spawnSync('unshare', words, {
    stdio: 'inherit',
    env: { ...process.env, [namespaceVariable]: system },
  })
  rmSync(system, { recursive: true, force: true })
  process.exitCode = status ?? 1
}

/**
 * @param {string} message
 * @param {number} status
 * @returns {never}
 */
function fail(message, status) {
  console.error(message)
  process.exit(status)
}

/**
 * Acts as a desktop on the session bus: a tray and a notification service. Prints the calls it receives.
 * @param {string} address of the bus
 */
async function listen(address) {
  const bus = sessionBus({ busAddress: address, authMethods: ['EXTERNAL'], plainValues: true })
  const name = 'org.kde.StatusNotifierWatcher'
  await bus.export(
    '/StatusNotifierWatcher',
    defineInterface({
      name,
      properties: { IsStatusNotifierHostRegistered: { type: 'b', access: 'read', get: () => true } },
      methods: { RegisterStatusNotifierItem: { in: { service: 's' }, handler: () => console.log('tray') } },
    }),
  )
  const notifications = 'org.freedesktop.Notifications'
  await bus.export(
    '/org/freedesktop/Notifications',
    defineInterface({
      name: notifications,
      methods: {
        GetCapabilities: { in: {}, out: { capabilities: 'as' }, handler: () => ['body'] },
        GetServerInformation: {
          in: {},
          out: { name: 's', vendor: 's', version: 's', specification: 's' },
          handler: () => ({ name: 'test', vendor: 'test', version: '1', specification: '1.2' }),
        },
        Notify: {
          in: { app: 's', id: 'u', icon: 's', summary: 's', body: 's', actions: 'as', hints: 'a{sv}', timeout: 'i' },
          out: { id: 'u' },
          handler: (/** @type {{ body: string }} */ { body }) => {
            console.log(`notification ${body}`)
            return 1
          },
        },
      },
    }),
  )
  for (const wanted of [name, notifications]) await bus.requestName(wanted, 0)
  console.log('listening')
}

/** @typedef {(isGood: boolean, seen: string) => void} Say */

/**
 * @param {string} deb
 * @param {string} system a clean Debian
 */
async function tryDeb(deb, system) {
  mountKernel(system)
  let failures = 0
  /** @type {Say} */
  const say = (isGood, seen) => {
    console.log(`${isGood ? 'ok  ' : 'FAIL'} ${seen}`)
    if (!isGood) failures += 1
  }
  const inside = (/** @type {readonly string[]} */ ...words) =>
    spawnSync('unshare', enter(system, words), {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/root', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    })

  cpSync(deb, path.join(system, 'notifier.deb'))
  // As in any chroot: no service is started.
  writeFileSync(path.join(system, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const before = packagesIn(system)
  inside('apt-get', 'update', '-qq')
  const install = inside('apt-get', 'install', '-y', '-qq', '--no-install-recommends', '/notifier.deb')
  say(
    install.status === 0,
    `installed: ${packagesIn(system) - before} packages in all ${install.status === 0 ? '' : install.stderr}`,
  )

  const files = inside('dpkg', '-L', 'discourse-notifier').stdout.split('\n')
  const binaries = files.filter((file) => /^\/opt\/.*(\/[\w-]+|\.so(\.\d+)?|\.node)$/.test(file))
  const lacking = [...inside('ldd', ...binaries).stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name)
  say(lacking.length === 0, `libraries that the linker does not find: ${lacking.join(', ') || 'none'}`)
  // A minimal system skips manual pages, but the package contains them.
  for (const file of [
    '/usr/share/man/man1/discourse-notifier.1.gz',
    '/usr/share/bash-completion/completions/discourse-notifier',
  ])
    say(files.includes(file), `the package has ${file}`)

  inside('useradd', '--create-home', '--uid', String(user.uid), 'tester')
  await tryAsUser(system, say)

  for (const [word, done] of [
    ['remove', 'removed'],
    ['purge', 'purged'],
  ]) {
    const { status, stderr } = inside('apt-get', word ?? '', '-y', '-qq', 'discourse-notifier')
    say(status === 0, `${done} ${status === 0 ? '' : stderr}`)
    const left = tracesOf(system, 'discourse-notifier')
    say(left.length === 0, `${done}, left behind: ${left.join(', ') || 'nothing'}`)
  }
  console.log(failures === 0 ? 'All as it should be.' : `${failures} of these failed.`)
  process.exitCode = failures === 0 ? 0 : 1
}

/**
 * Starts the installed program as an ordinary user, opens a link with it, and quits it.
 * @param {string} system
 * @param {Say} say
 */
async function tryAsUser(system, say) {
  const session = await startSession(path.join(system, 'home', 'tester'))
  const env = {
    ...session.env,
    HOME: '/home/tester',
    XDG_RUNTIME_DIR: '/home/tester',
    LANG: 'C.UTF-8',
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  }
  const setpriv = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const asUser = (/** @type {readonly string[]} */ ...words) =>
    spawnSync('unshare', enter(system, [...setpriv, ...words]), { env, encoding: 'utf8', timeout: 60_000 })
  try {
    const version = asUser('discourse-notifier', '--version')
    say(
      /^\d+\.\d+\.\d+$/m.test(version.stdout),
      `discourse-notifier --version: ${version.stdout.trim() || version.stderr}`,
    )

    const child = spawn(
      'unshare',
      enter(system, [...setpriv, 'discourse-notifier', '--disable-gpu', '--no-keychain']),
      {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    const ended = once(child, 'exit')
    say(await session.hears('tray'), 'started by an ordinary user: the desktop hears of a tray icon')
    const page = await rendererOf(user.uid)
    say(/^Seccomp:\t2$/m.test(page), 'its page runs behind a filter of system calls')
    if (page === '') console.log(errors)

    const handler = asUser('xdg-mime', 'query', 'default', 'x-scheme-handler/discourse').stdout.trim()
    say(handler === 'discourse-notifier.desktop', `discourse: links go to ${handler || 'nobody'}`)
    // Belongs to no attempt of this program, which reports that with a notification.
    asUser('xdg-open', 'discourse://auth_redirect?payload=AAAA')
    say(await session.hears('notification'), `a link reaches it: ${session.heard('notification')}`)
    child.kill('SIGTERM')
    await ended
    say(child.exitCode === 0 || child.signalCode === null, `ended by SIGTERM with status ${child.exitCode}`)
  } finally {
    await session.stop()
  }
}

/**
 * A display and a session bus outside the clean Debian; the socket of the bus is in the user's home.
 * @param {string} home
 */
async function startSession(home) {
  const socket = path.join(home, 'bus')
  const display = ':77'
  const x = spawn('Xvfb', [display, '-screen', '0', '1280x800x24', '-nolisten', 'unix', '-listen', 'tcp', '-ac'], {
    stdio: 'ignore',
  })
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1', `--address=unix:path=${socket}`], {
    ...user,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(createInterface({ input: bus.stdout }), 'line')
  const listener = spawn(process.execPath, [import.meta.filename, '--listen', `unix:path=${socket}`], {
    ...user,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  /** @type {string[]} */
  const lines = []
  const output = createInterface({ input: listener.stdout }).on('line', (line) => lines.push(line))
  await once(output, 'line')
  const heard = (/** @type {string} */ word) => lines.find((line) => line.startsWith(word)) ?? 'nothing'
  return {
    env: { DISPLAY: `127.0.0.1${display}`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/home/tester/bus' },
    heard,
    /** @param {string} word that begins the line to wait for, at most half a minute */
    hears: async (word) => {
      const end = AbortSignal.timeout(30_000)
      while (heard(word) === 'nothing' && !end.aborted) {
        await once(output, 'line', { signal: end }).catch(() => undefined)
      }
      return heard(word) !== 'nothing'
    },
    stop: async () => {
      const children = [listener, bus, x]
      const ended = Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)))
      for (const child of children) child.kill()
      await ended
    },
  }
}

/**
 * The kernel's status of a user's renderer process; empty when there is none within 30 seconds.
 * @param {number} uid
 */
async function rendererOf(uid) {
  const end = Date.now() + 30_000
  while (Date.now() < end) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
        const status = readFileSync(`/proc/${pid}/status`, 'utf8')
        if (new RegExp(`^Uid:\\t${uid}\\t`, 'm').test(status)) return status
      } catch {
        // The process has exited in the meantime.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return ''
}
