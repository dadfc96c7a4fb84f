import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import type { Result } from '../../../common/contract/failure.ts'
import type { Forum } from '../../forum/forum.ts'
import { startForum } from '../../forum/start-forum.ts'
import { createAuthority, type ServerCertificate } from '../../rig/authority.ts'
import { createMember, type EarlierMember, fillProfile } from './earlier-members.ts'
import { expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** A TCP forwarder on this computer whose target can be changed. */
interface Road {
  readonly port: number
  /** Closes open connections. Returns the port of the previous target. @param port of the new target */
  leadTo(port: number): number
  close(): Promise<void>
}

const buildRoad = async (first: number): Promise<Road> => {
  let target = first
  const travellers = new Set<Socket>()
  const server = createServer((from) => {
    const to = connectTo(target, '127.0.0.1')
    for (const socket of [from, to]) {
      travellers.add(socket)
      socket.on('error', () => undefined).once('close', () => travellers.delete(socket))
    }
    from.pipe(to).pipe(from)
  })
  const cutAll = (): void => {
    for (const socket of travellers) socket.destroy()
  }
  return {
    port: await listen(server),
    leadTo: (port) => {
      const before = target
      target = port
      cutAll()
      return before
    },
    close: async () => {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/**
 * What a bad network does to requests with a key: redirects to another forum, in a loop, or to a connection without
 * encryption, and servers that pretend to be the forum. The key is sent nowhere else, and the account is unchanged
 * afterwards.
 * @param isLong with every status that redirects
 */
export const misleadKeys = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, forum, tally } = scene
  const authority = createAuthority(['IP:127.0.0.1'])
  const subjects = ['IP:127.0.0.1']
  const secure = await startForum({ profile: 'latest', title: 'Secure', tls: authority.certify(subjects) })
  const other = await startForum({ profile: 'latest', title: 'Other' })
  const road = await buildRoad(Number(new URL(secure.url).port))
  const members = [
    createMember(forum, 'led', 1),
    createMember(secure, 'kept', 2, `https://127.0.0.1:${road.port}`),
  ] as const
  await fillProfile(machine, members)
  await machine.start({ args: ['--ca', authority.file] })
  await expectMembers(scene, ['led'], 'a start')
  for (const member of isLong ? members : members.slice(0, 1))
    for (const status of isLong ? ([301, 302, 307, 308] as const) : ([307] as const))
      await redirect(scene, member, other, status)

  const stranger = createAuthority()
  const itself = createAuthority(subjects)
  const impostors: readonly (readonly [string, ServerCertificate])[] = [
    ['tls_expired', authority.certify(subjects, 'expired')],
    ['tls_wrong_host', authority.certify(['DNS:other.example'])],
    ['tls_self_signed', itself.own],
    ['tls_untrusted', stranger.certify(subjects)],
  ]
  const [led, kept] = members
  const refresh = (): Promise<Result<unknown>> => machine.run('account.refresh', { account: kept.id })
  for (const [code, certificate] of impostors) await pretend(scene, { work: refresh, road, code, certificate })
  await expectMembers(scene, [led.user], 'a bad network')
  await expectMembers({ ...scene, forum: secure }, [kept.user], 'a bad network')
  // A revocation begun against an impostor completes once the forum is reachable again.
  const [[code, certificate] = ['', stranger.own]] = impostors
  const revoke = (): Promise<Result<unknown>> => machine.run('account.revoke', { account: kept.id })
  await pretend(scene, { work: revoke, road, code, certificate })
  await revoke()
  await machine.until('the account is revoked', ({ accounts }) => !accounts.some(({ id }) => id === kept.id))
  if (secure.keys(kept.user).some(({ revokedAt }) => revokedAt === null)) tally.lose('revocations', kept.user)
  await machine.quit()
  for (const made of [authority, stranger, itself]) made.remove()
  await road.close()
  for (const each of [secure, other]) await each.stop()
}

/** Redirects every request with the key to another server, and then in a loop. */
const redirect = async (
  { machine, tally }: Scene,
  { forum, id, user, base }: EarlierMember,
  other: Forum,
  status: 301 | 302 | 307 | 308,
): Promise<void> => {
  const { id: row } = forum.notify({ user, type: 'mentioned', from: user, topicTitle: `Before ${status}` })
  await machine.run('account.refresh', { account: id })
  await machine.until('the row is listed', ({ accounts }) =>
    accounts.some((account) => account.id === id && account.items?.some((item) => item.id === row)),
  )
  const { host, hostname } = new URL(base)
  const aims = [other.url, base, `http://${host}`, `http://user:password@${hostname}:${new URL(other.url).port}`]
  for (const to of aims) {
    forum.fault({ kind: 'redirect', to, status })
    const asked = forum.requests.length
    for (const work of [
      () => machine.run('account.refresh', { account: id }),
      () => machine.run('notification.read', { account: id, notification: row }),
      () => machine.run('site.inspect', { address: base }),
    ]) {
      await work()
      tally.inject(`redirect with a key: ${status}`)
    }
    const marked = await machine.run('notification.read', { account: id, notification: row })
    if (marked.ok) tally.lose('settings', `a row was said to be read by a redirect to ${to}`)
    if (forum.requests.length > asked + 60) tally.lose('let in', `a redirect in a circle: ${forum.requests.length}`)
    forum.clearFaults()
  }
  if (other.requests.some(({ keyed }) => keyed)) tally.lose('let in', `a key went along with a redirect ${status}`)
  await machine.run('account.refresh', { account: id })
  await machine.until('the account is fresh again', ({ accounts }) =>
    accounts.some((account) => account.id === id && account.state.kind === 'fresh'),
  )
}

interface Pretence {
  readonly road: Road
  readonly work: () => Promise<Result<unknown>>
  /** The expected failure code. */
  readonly code: string
  readonly certificate: ServerCertificate
}

/** Runs `work` while a server with a wrong certificate stands in for the forum: it receives no request. */
const pretend = async ({ tally }: Scene, { road, work, code, certificate }: Pretence): Promise<void> => {
  let heard = 0
  const impostor = createTlsServer(certificate, (_request, answer) => {
    heard += 1
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":"OK"}')
  })
  const forum = road.leadTo(await listen(impostor))
  tally.inject(`certificate: ${code}`)
  const told = await work()
  if (told.ok || told.failure.code !== code) tally.lose('let in', `${code}: ${JSON.stringify(told)}`)
  if (heard > 0) tally.lose('let in', `${code}: ${heard} requests`)
  road.leadTo(forum)
  impostor.closeAllConnections()
  impostor.close()
}
