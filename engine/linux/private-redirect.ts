import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { endianness } from 'node:os'
import type { Clock } from '../ports/clock.ts'

/** How long a browser may take to start and follow the redirect, in milliseconds. */
export const redirectLifetime = 60_000

/** What Linux says about TCP connections (man 5 proc); a browser may reach 127.0.0.1 by a socket of either family. */
const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6']

export interface PrivateRedirectOptions {
  readonly clock: Pick<Clock, 'after'>
  /** Gives the text of one of the tables. @throws Node's errors */
  readonly readTable?: (file: string) => Promise<string>
}

/**
 * Gives an address that leads programs of this user to a secret one, for a minute. It may stand on the command lines of
 * `xdg-open` and the browser, which every user of the computer can read: it is on the loopback interface, and answers
 * connections of this user alone.
 *
 * A private file would do the same, but browsers that are snaps, as on Ubuntu, read none in a hidden folder, in /tmp or in
 * the user's runtime folder (jupyter/notebook#4500, #5479).
 * @returns undefined where it cannot be told whose a connection is
 */
export const privateRedirect = async (
  url: string,
  { clock, readTable = (file) => readFile(file, 'latin1') }: PrivateRedirectOptions,
): Promise<string | undefined> => {
  const path = `/${randomBytes(16).toString('hex')}`
  const rows = async (): Promise<readonly Row[]> => {
    const texts = await Promise.all(tables.map((file) => readTable(file).catch(() => '')))
    return texts.flatMap(readRows)
  }
  const isOwn = async (local: string, remote: string): Promise<boolean> => {
    const found = (await rows()).filter((row) => row.local.endsWith(local) && row.remote.endsWith(remote))
    return found.length > 0 && found.every(({ uid }) => uid === process.getuid?.())
  }
  const server = createServer(async (request, response) => {
    const { socket } = request
    response.setHeader('Cache-Control', 'no-store').setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Connection', 'close')
    // Nothing tells another user whether the address was right.
    if ((await isOwn(...endsOf(socket))) && request.url === path) response.setHeader('Location', url).writeHead(302)
    else response.writeHead(404)
    response.end()
  })
  const port = await listen(server)
  if (port === undefined) return undefined
  server.unref()
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  // The table has to be there, and to say of our own socket that it is ours.
  if (!(await isOwn(tableName('127.0.0.1', port), ':0000'))) {
    close()
    return undefined
  }
  clock.after(redirectLifetime, close)
  return `http://127.0.0.1:${port}${path}`
}

/** @returns the port; undefined if there is no loopback interface, or no file descriptor left */
const listen = async (server: Server): Promise<number | undefined> => {
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch {
    return undefined
  }
}

interface Row {
  /** Both in the table's form: the address in hexadecimal digits, a colon, the port. */
  readonly local: string
  readonly remote: string
  readonly uid: number
}

const readRows = (table: string): readonly Row[] =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(({ length }) => length > 7)
    .map(([, local = '', remote = '', , , , , uid]) => ({ local, remote, uid: Number(uid) }))

/** A connection as the client's row has it: its own end first. */
const endsOf = ({ remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 }: Socket): [string, string] => [
  tableName(remoteAddress, remotePort),
  tableName(localAddress, localPort),
]

/**
 * The end of an IPv4 address and its port in both tables. The address's bytes are written there as one number of this
 * machine's byte order.
 */
const tableName = (address: string, port: number): string => {
  const bytes = Buffer.from(address.split('.').map(Number))
  const number = endianness() === 'LE' ? bytes.reverse() : bytes
  return `${number.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase()
}
