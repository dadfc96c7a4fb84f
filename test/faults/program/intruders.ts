import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { request } from 'node:http'
import * as path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { openAttemptPath, pagePaths } from '../../../common/contract/bridge.ts'
import { startForum } from '../../forum/start-forum.ts'
import { builtProgram } from './machine.ts'
import { connect } from './members.ts'
import type { Scene } from './scene.ts'

interface Attack {
  readonly kind: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether an answer gives access to somebody who must not have it. */
  readonly isLetIn?: (status: number, body: string) => boolean
}

/** Unauthorised requests to the page, of several kinds. */
const attacks = (port: number, fraction: () => number): readonly Attack[] => {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(fraction() * 16).toString(16)).join('')
  const commands = ['account.refresh', 'attempt.accept', 'settings.export', 'account.revoke', 'vault.useSession']
  const apis = [pagePaths.updates, pagePaths.alerts, pagePaths.alertsWanted]
  const bearer = { authorization: `Bearer ${hex(64)}` }
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  return [
    ...apis.map((at) => ({ kind: 'no session', path: at })),
    ...commands.map((name) => ({ kind: 'no session', path: pagePaths.commands + name, ...post })),
    ...apis.map((at) => ({ kind: 'guessed session', path: at, headers: bearer })),
    ...['', hex(64), '0'.repeat(64), hex(10_000)].map((token) => ({
      ...{ kind: 'wrong token', path: pagePaths.session, ...post },
      body: JSON.stringify({ token }),
    })),
    ...['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '[::1]', `0.0.0.0:${port}`].map(
      (host) => ({
        ...{ kind: 'foreign Host', path: '/', headers: { host } },
        isLetIn: (status: number) => status < 400,
      }),
    ),
    ...['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`, 'file://'].map((origin) => ({
      ...{ kind: 'foreign Origin', path: pagePaths.session, ...post },
      headers: { origin, 'content-type': 'text/plain' },
    })),
    ...['cross-site', 'same-site'].map((site) => ({
      ...{ kind: 'another site', path: pagePaths.updates, headers: { 'sec-fetch-site': site, ...bearer } },
    })),
    ...[
      '/../settings.json',
      '/%2e%2e/settings.json',
      '/assets/..%2f..%2fpackage.json',
      '//etc/passwd',
      '/index.html%00.js',
      `/image/${hex(32)}`,
      openAttemptPath(hex(32)),
      '/open-signed-in/../../settings.json',
    ].map((at) => ({ kind: 'other paths', path: at, isLetIn: (status: number) => status < 400 })),
    ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'].map((method) => ({
      ...{ kind: 'other methods', path: '/', method },
      isLetIn: (status: number) => status < 400 || status >= 500,
    })),
    ...['{', '[]'.repeat(100_000), '\u0000', '{"token":{"$gt":""}}', '{"__proto__":{"token":"x"}}'].map((body) => ({
      ...{ kind: 'odd bodies', path: pagePaths.session, ...post },
      body,
    })),
  ]
}

/** @param times how often each is tried */
export const attackPage = async (scene: Scene, times: number): Promise<void> => {
  const { machine, tally, fraction } = scene
  const { port } = new URL(machine.url())
  for (let time = 0; time < times; time += 1) {
    for (const attack of attacks(Number(port), fraction)) {
      const { status, body } = await send(Number(port), attack)
      tally.inject(`page: ${attack.kind}`)
      const { isLetIn = (code: number) => code < 400 || code >= 500 } = attack
      if (isLetIn(status, body))
        tally.lose('let in', `${attack.kind}: ${attack.method ?? 'GET'} ${attack.path}: ${status}`)
    }
  }
}

const send = (port: number, attack: Attack): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = attack
    const asked = request({ host: '127.0.0.1', port, path: attack.path, method, headers }, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, body: await readAll(answer).catch(() => '') })
    })
    asked.once('error', (error: NodeJS.ErrnoException) =>
      // A connection closed while the body is sent counts as a refusal too.
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve({ status: 413, body: '' }) : reject(error),
    )
    asked.end(body)
  })

/** Whether this process may run programs as another user. */
export const canBeAnother = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0

/** Another user of the computer tries everything that files, sockets and /proc offer. */
export const anotherUser = async ({ machine, tally }: Scene): Promise<void> => {
  const name = 'notifier-faults'
  if (spawnSync('id', [name]).status !== 0) execFileSync('useradd', ['--system', '--no-create-home', name])
  const id = execFileSync('id', ['-u', name], { encoding: 'utf8' }).trim()
  const asAnother = ['--reuid', id, '--regid', id, '--clear-groups', '--']
  const { profile, home } = machine
  // Even where the folders above the profile are open to everybody.
  execFileSync('chmod', ['755', home])
  const connecting = `
    require('node:net').connect(${JSON.stringify(path.join(profile, 'control.sock'))})
      .once('connect', () => process.exit(0)).once('error', () => process.exit(1))`
  // The port is no secret on this computer, the token is.
  const { origin } = new URL(machine.url())
  const asking = (at: string, method = 'GET'): readonly string[] => {
    const init = method === 'GET' ? { method } : { method, body: '{}' }
    const asked = `fetch(${JSON.stringify(origin + at)}, ${JSON.stringify(init)})`
    return [process.execPath, '-e', `${asked}.then(({ status }) => process.exit(status < 400 ? 0 : 1))`]
  }
  const tries: readonly (readonly string[])[] = [
    asking(pagePaths.updates),
    asking(pagePaths.session, 'POST'),
    asking(`${pagePaths.commands}account.refresh`, 'POST'),
    ['cat', path.join(profile, 'state', 'page-sessions.json')],
    ['sh', '-c', `cat '${home}'/data/keyrings/*`],
    ['cat', path.join(profile, 'settings.json')],
    ['ls', profile],
    ['ls', path.join(profile, 'state')],
    ['cat', `/proc/${machine.pid()}/environ`],
    ['sh', '-c', `ls /proc/${machine.pid()}/fd/*`],
    ['cat', `/proc/${machine.pid()}/mem`],
    ['sh', '-c', `kill -TERM ${machine.pid()}`],
    ['sh', '-c', `echo x > '${path.join(profile, 'settings.json')}'`],
    ['sh', '-c', `touch '${path.join(profile, 'planted.json')}'`],
    [process.execPath, '-e', connecting],
    [process.execPath, builtProgram, 'status', '--profile', profile],
    [process.execPath, builtProgram, 'quit', '--profile', profile],
    [process.execPath, builtProgram, 'serve', '--no-open', '--no-keychain', '--profile', profile],
  ]
  for (const words of tries) {
    const { status } = await run('setpriv', [...asAnother, ...words])
    tally.inject('another user of the computer')
    if (status === 0) tally.lose('let in', `another user: ${words.join(' ').slice(0, 100)}`)
  }
  execFileSync('userdel', [name])
}

const run = async (
  program: string,
  words: readonly string[],
  env = process.env,
): Promise<{ readonly status: number; readonly printed: string }> => {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...words], { env, timeout: 60_000 })
    return { status: 0, printed: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } =
      error instanceof Error ? { code: 1, stdout: '', stderr: '', ...error } : { code: 1, stdout: '', stderr: '' }
    return { status: typeof code === 'number' ? code : 1, printed: `${stdout}${stderr}` }
  }
}

const hostileTexts = [
  '\u001b]0;owned\u0007\u001b[2J\u001b[31mred',
  'first\r\nready http://127.0.0.1:1/#token=forged',
  'one\nready http://127.0.0.1:1/#token=forged',
  '\u202Eevil\u2066txt\u2029ready http://127.0.0.1:1/',
  '<img src=x onerror=alert(1)><b>bold</b>&lt;script&gt;',
  '{{title}} %s %n $HOME $(id) `id`',
  'x'.repeat(100_000),
  '\u0000\u0008\u009b31m',
]

/**
 * Malicious forums, in every text including their title and their member's name: nothing they send may control a
 * terminal or pass for one of our output lines, whichever command prints it.
 */
export const maliciousForum = async (scene: Scene): Promise<void> => {
  const { machine, forum, tally } = scene
  const evil = await startForum({ profile: 'latest', title: hostileTexts.slice(0, 5).join(' ') })
  const name = '\u202e<b>x</b>%s'
  evil.createUser({ username: name })
  await connect(machine, forum, 'jon')
  const { redirect: _, payload = '' } = await evil.authorize({
    authorizeUrl: (await machine.begin(evil.url, 'paste')).authorizeUrl,
    user: name,
  })
  await machine.run('attempt.accept', { text: payload })
  const before = machine.said().length
  for (const [index, hostile] of hostileTexts.entries()) {
    for (const field of ['topicTitle', 'excerpt', 'data'] as const) {
      const data = { display_username: hostile, original_username: hostile, topic_title: hostile, username: hostile }
      const texts = field === 'data' ? { data } : { [field]: hostile }
      forum.notify({ user: 'jon', type: 'mentioned', from: 'jon', topicTitle: `Hostile ${index}`, ...texts })
      tally.inject(`hostile text as ${field === 'topicTitle' ? 'title' : field}`)
    }
  }
  evil.notify({ user: name, type: 'mentioned', from: name, topicTitle: hostileTexts[1] ?? '' })
  await machine.run('account.refresh', {})
  await machine.until('all rows are listed', ({ accounts }) =>
    accounts.some(({ username, counts }) => username === 'jon' && (counts?.total ?? 0) >= hostileTexts.length * 3),
  )
  const said = [machine.said().slice(before)]
  for (const words of [['status'], ['status', '--json'], ['list'], ['accounts'], ['doctor']]) {
    const program = [builtProgram, ...words, '--profile', machine.profile]
    const { printed } = await run(process.execPath, program, machine.env)
    said.push(printed)
    tally.inject(`hostile text asked for by ${words.join(' ')}`)
  }
  await evil.stop()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(said.join('')))
    tally.lose('let in', 'a control character')
  if (/^ready /m.test(said.join('\n'))) tally.lose('let in', 'a forged line')
}
