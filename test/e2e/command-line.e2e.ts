import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { findUnusedPort } from '../rig/find-unused-port.ts'
import { removeHome } from '../rig/remove-home.ts'
import { test } from './fixtures.ts'
import { runCli } from './notifier.ts'

// The built command line as scripts use it.

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))
const errorOf = (stdout: string): { code: string; message: string } => JSON.parse(stdout).error

test('add, accept, status, refresh and revoke do the main job without a page', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ users: [{ username: 'eve', staff: true, unseenReviewables: 4 }] })
  forum.notify({ user: 'eve', type: 'mentioned' })
  forum.notify({ user: 'eve', type: 'private_message' })
  const notifier = await notifierOf()
  expect(await notifier.status()).toEqual({ accounts: [] })

  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'redirect', '--json')).stdout)
  expect(Object.keys(begun).toSorted()).toEqual(['attempt', 'authorizeUrl', 'expiresAt'])
  const left = Date.parse(begun.expiresAt) - Date.now()
  expect(left).toBeGreaterThan(9 * 60_000)
  expect(left).toBeLessThanOrEqual(10 * 60_000)
  const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  const accepted = await notifier.cli('accept', redirect, '--json')
  const { account } = JSON.parse(accepted.stdout)

  await expect.poll(async () => (await notifier.status()).accounts[0]?.state).toBe('fresh')
  expect((await notifier.status()).accounts).toEqual([
    {
      id: account,
      site: forum.url,
      title: 'Meta',
      username: 'eve',
      state: 'fresh',
      counts: { notifications: 1, messages: 1, chat: 0, reviewables: 4, total: 6 },
      checkedAt: expect.any(String),
    },
  ])
  forum.notify({ user: 'eve', type: 'liked' })
  const refreshed = JSON.parse((await notifier.cli('refresh', 'eve', '--json')).stdout)
  expect(refreshed.accounts[0].counts.total).toBe(7)

  expect((await notifier.cli('accept', redirect)).status).toBe(1)
  const host = new URL(forum.url).host
  expect((await notifier.cli('revoke', `eve@${host}`)).status).toBe(0)
  expect(await notifier.status()).toEqual({ accounts: [] })
  expect(await notifier.stop()).toBe(0)
})

test('pause and resume tell until when there are no alerts, and status tells it as well', async ({ notifierOf }) => {
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const quiet = async (...args: string[]) => JSON.parse((await notifier.cli(...args, '--json')).stdout).quiet
  expect(await quiet('status')).toMatchObject({ isQuiet: false, reason: null })
  const paused = await quiet('pause')
  expect(paused).toMatchObject({ isQuiet: true, reason: 'paused' })
  expect(Math.abs(Date.parse(paused.until) - Date.now() - 60 * 60_000)).toBeLessThan(60_000)
  expect((await notifier.cli('status')).stdout).toMatch(/^Alerts are paused until \S/m)
  expect(await quiet('pause', 'open')).toEqual({ isQuiet: true, reason: 'paused', until: null })
  expect((await notifier.cli('pause', 'tomorrow')).stdout).toMatch(/^Alerts are paused until \S/)
  const twoHours = await quiet('pause', '2h')
  expect(Math.abs(Date.parse(twoHours.until) - Date.now() - 2 * 60 * 60_000)).toBeLessThan(60_000)
  const until = new Date((await quiet('pause', 'until', '14:00')).until)
  expect([until.getHours(), until.getMinutes(), until.getTime() > Date.now()]).toEqual([14, 0, true])
  expect((await notifier.cli('resume')).stdout).toBe('Alerts are on.\n')
  expect(errorOf((await notifier.cli('pause', 'forever', '--json')).stdout)).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('until 14:00'),
  })
})

test('accounts are named by whatever fits one of them, and listed when several fit', async ({
  forumOf,
  notifierOf,
}) => {
  const forums = [
    await forumOf({ title: 'Garden Talk', users: [{ username: 'eve' }] }),
    await forumOf({ title: 'Garden Tools', users: [{ username: 'eve' }] }),
  ]
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  for (const forum of forums) {
    const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    await notifier.cli('accept', payload)
  }
  const names = (await notifier.cli('accounts')).stdout.trim().split('\n')
  expect(names).toEqual(forums.map(({ url }) => `eve@${new URL(url).host}`))
  for (const word of ['eve', 'garden']) {
    const { status, stdout, stderr } = await notifier.cli('revoke', word)
    expect([status, stdout]).toEqual([1, ''])
    for (const name of names) expect(stderr).toContain(name)
  }
  const doctor = await notifier.cli('doctor', 'garden talk')
  expect(doctor.status).toBe(0)
  expect(doctor.stdout).toContain(names[0])
  expect(doctor.stdout).toMatch(/✓ {2}Key +for eve/)
  const strange = await notifier.cli('doctor', 'http://127.0.0.1:9', '--json')
  expect(strange.status).toBe(1)
  expect(JSON.parse(strange.stdout)).toMatchObject({
    name: 'http://127.0.0.1:9',
    steps: expect.arrayContaining([expect.objectContaining({ name: 'connection', outcome: 'failed' })]),
  })
  expect((await notifier.cli('doctor')).stdout.match(/Live updates/g)).toHaveLength(2)
  expect((await notifier.cli('revoke', 'Garden Tools')).status).toBe(0)
  expect((await notifier.cli('accounts')).stdout).toBe(`${names[0]}\n`)
})

test('add --wait says who is connected, and how else it ended', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ profile: 'latest', users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const wait = () => {
    const child = spawn(process.execPath, [cli, 'add', forum.url, '--wait', '--profile', notifier.profile], {
      env: notifier.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: string[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    return { ended: once(child, 'close').then(([status]) => status), said: () => said.join('') }
  }
  const approve = async (said: () => string, decision: 'authorize' | 'deny') => {
    await expect.poll(said).toContain('Waiting for your approval')
    const userCode = /type this code: (\S+)/.exec(said())?.[1] ?? ''
    expect(said()).toContain([...userCode].join(' '))
    const verificationUrl = /^http\S+$/m.exec(said())?.[0] ?? ''
    await forum.approveDevice({ verificationUrl, userCode, user: 'eve', decision })
  }
  const refused = wait()
  await approve(refused.said, 'deny')
  expect(await refused.ended).toBe(1)
  expect(refused.said()).toContain('The request was denied on the forum.')
  const approved = wait()
  await approve(approved.said, 'authorize')
  expect(await approved.ended).toBe(0)
  expect(approved.said()).toMatch(/Connected to Meta as eve\.\n$/)
})

test('add --wait that is interrupted leaves no page with the nonce behind', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const words = [cli, 'add', forum.url, '--method', 'paste', '--wait', '--profile', notifier.profile]
  const child = spawn(process.execPath, words, { env: notifier.env, stdio: 'ignore' })
  const ended = once(child, 'close')
  const page = path.join(notifier.profile, 'open.html')
  await expect.poll(() => existsSync(page)).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toEqual([null, 'SIGINT'])
  expect(existsSync(page)).toBe(false)
})

test('a second serve on the same profile hands over to the first', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  const second = await runCli(['serve', '--profile', notifier.profile, '--no-open'], notifier.env)
  expect(second).toEqual({ status: 0, stdout: `ready ${notifier.url}\n`, stderr: '' })
  const elsewhere = await runCli(['serve', '--profile', notifier.profile, '--no-open', '--port', '4711'], notifier.env)
  expect(elsewhere).toMatchObject({ status: 0, stdout: `ready ${notifier.url}\n` })
  expect(elsewhere.stderr).toContain(`its page is on port ${new URL(notifier.url).port}. Port 4711 is not used.`)
  const otherwise = await runCli(
    ['serve', '--profile', notifier.profile, '--no-open', '--interval', '9', '--no-keychain', '--json'],
    notifier.env,
  )
  expect([otherwise.status, JSON.parse(otherwise.stdout)]).toEqual([0, { ready: notifier.url }])
  expect(otherwise.stderr).toContain('Not used here: --no-keychain, --interval.')
  expect(statSync(notifier.profile).mode & 0o077).toBe(0)
})

test('a port that is taken is named, and the profile stays free', async ({ notifierOf }) => {
  const port = await findUnusedPort()
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const profile = mkdtempSync(path.join(tmpdir(), 'notifier-port-'))
  for (let tries = 0; tries < 2; tries++) {
    const run = await runCli([
      'serve',
      '--profile',
      profile,
      '--port',
      String(port),
      '--no-open',
      '--no-keychain',
      '--json',
    ])
    expect(run.status).toBe(1)
    expect(errorOf(run.stdout)).toEqual({
      code: 'port_taken',
      message: `Port ${port} is in use by another program. Choose another with --port, or leave it out.`,
    })
  }
  server.close()
  await removeHome(profile)
  const notifier = await notifierOf({ args: ['--no-keychain', '--port', String(port)] })
  expect(new URL(notifier.url).port).toBe(String(port))
})

test('a profile that is no folder is refused', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notifier-file-'))
  const file = path.join(folder, 'file')
  writeFileSync(file, 'not a folder')
  const run = await runCli(['serve', '--profile', path.join(file, 'profile'), '--no-open', '--json'])
  expect([run.status, errorOf(run.stdout).code]).toEqual([1, 'profile_unusable'])
  await removeHome(folder)
})

for (const [name, code] of [
  ['settings.json', 'settings_unreadable'],
  ['control.sock', 'profile_unusable'],
] as const) {
  test(`a profile whose ${name} is a folder is refused, and nothing goes on running`, async () => {
    const profile = mkdtempSync(path.join(tmpdir(), 'notifier-odd-'))
    mkdirSync(path.join(profile, name))
    const run = await runCli(['serve', '--profile', profile, '--no-open', '--no-keychain', '--json'])
    expect([run.status, errorOf(run.stdout).code, run.stderr]).toEqual([1, code, ''])
    await removeHome(profile)
  })
}

for (const [args, code] of [
  [['status'], 'not_running'],
  [['quit'], 'not_running'],
  [['add', 'meta.discourse.org'], 'not_running'],
  [['frobnicate'], 'usage'],
  [['constructor'], 'usage'],
  [['add'], 'usage'],
  [['add', 'a', 'b'], 'usage'],
  [['add', 'a', '--method', 'carrier-pigeon'], 'usage'],
  [['serve', '--port', '70000'], 'usage'],
  [['serve', '--port', 'x'], 'usage'],
  [['serve', '--interval', '1'], 'usage'],
  [['serve', '--proxy', 'two words'], 'proxy_invalid'],
  [['serve', '--proxy', 'http://eve:secret@proxy.example:3128'], 'proxy_invalid'],
  [['serve', '--proxy', 'gopher://proxy.example'], 'proxy_unsupported'],
  [['status', '--no-such-option'], 'usage'],
] as const) {
  test(`${args.join(' ')}: ${code}`, async () => {
    const profile = path.join(tmpdir(), 'notifier-that-never-was')
    const run = await runCli([...args, '--profile', profile, '--json'])
    expect(run.status).toBe(code === 'usage' ? 2 : code === 'not_running' ? 3 : 1)
    expect(errorOf(run.stdout).code).toBe(code)
    expect(errorOf(run.stdout).message).toMatch(/^[A-Z].*\.$/)
  })
}

test('names of accounts and codes that do not fit are explained', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  expect(errorOf((await notifier.cli('revoke', 'nobody', '--json')).stdout).code).toBe('account_unknown')
  expect(errorOf((await notifier.cli('accept', 'discourse://auth_redirect', '--json')).stdout).code).toBe(
    'redirect_invalid',
  )
  expect(errorOf((await notifier.cli('accept', 'QUJD'.repeat(90), '--json')).stdout).code).toBe('nothing_waiting')
  expect(errorOf((await notifier.cli('add', 'https://', '--json')).stdout).code).toBe('address_invalid')
})

test('npx finds the command inside the checkout', async () => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'discourse-notifier', '--version'], {
    cwd,
    shell: process.platform === 'win32',
  })
  expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/)
})

test.describe('starting at login', () => {
  test.skip(process.platform !== 'linux', 'the headless notifier does this on Linux only')

  test('is an autostart entry that starts this profile without a browser', async ({ notifierOf }) => {
    const notifier = await notifierOf()
    const { origin, hash } = new URL(notifier.url)
    const post = async (path: string, body: object, authorization = '') => {
      const headers = { 'content-type': 'application/json', authorization }
      const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
      return JSON.parse(await answer.text())
    }
    const { session } = await post('/api/session', { token: hash.slice('#token='.length) })
    const change = { general: { openAtLogin: true } }
    const changed = await post('/api/commands/preferences.change', change, `Bearer ${session}`)
    expect(changed).toEqual({ ok: true, value: null })
    const folder = path.join(notifier.home, 'config', 'autostart')
    const [file = ''] = readdirSync(folder)
    const exec = /^Exec=(.*)$/m.exec(readFileSync(path.join(folder, file), 'utf8'))?.[1] ?? ''
    // What the desktop would run at login finds that this profile is running, and says where.
    const { stdout } = await promisify(execFile)('sh', ['-c', exec], { env: notifier.env })
    expect(stdout).toBe(`ready ${notifier.url}\n`)
  })
})
