import { closeSync, lstatSync, openSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'
import { createPlaces, type Places } from '../timing/places.ts'
import { connectTo } from './call-instance.ts'
import { folderProblem, makeSocketFolder } from './control-path.ts'
import type { ControlCall } from './control-protocol.ts'
import { longestQuestion } from './line-limits.ts'
import { readLine } from './read-lines.ts'

/** A response that continues until the client disconnects. */
export interface ControlStream {
  /** Calls `onDue` when there may be something to send; returns a function that unsubscribes. */
  subscribe(onDue: () => void): () => void
  /** The next value to send; undefined while there is nothing new. */
  next(): unknown
}

/** How a running instance handles a call. */
export type ControlHandler = (call: ControlCall) => Promise<Result<unknown> | ControlStream>

/** The claim on a profile; ends with the process, or by `release`. */
export interface Claim {
  /** Sets the handler; calls that arrived earlier have been waiting for it. */
  answerWith(handler: ControlHandler): void
  release(): Promise<void>
}

/** How many programs may be connected at a time; more are cut off before they have asked. */
const mostConnections = 500
/** One that is stopped before it has asked must not hold a connection for ever. */
const defaultTimeout = 10_000

/**
 * Claims a profile for this process by listening on its control socket, so that one profile never has two engines
 * writing to it, whichever shells they run in.
 * @param questionTimeout how long a program that connects may take to ask, in milliseconds
 * @returns the claim, or undefined when another process has it; `profile_unusable` when the socket cannot be created
 */
export const claimProfile = async (
  socketPath: string,
  questionTimeout = defaultTimeout,
): Promise<Result<Claim | undefined>> => {
  try {
    makeSocketFolder(socketPath)
    const reason = folderProblem(socketPath)
    if (reason !== undefined) return fail('profile_unusable', { path: path.dirname(socketPath), reason })
    return ok(await claim(socketPath, questionTimeout))
  } catch (error) {
    const reason = errorReason(error)
    return fail('profile_unusable', { path: socketPath, reason })
  }
}

const claim = async (socketPath: string, questionTimeout: number): Promise<Claim | undefined> => {
  const isPipe = socketPath.startsWith('\\\\')
  const unlock = isPipe ? () => undefined : await lock(`${socketPath}.lock`)
  try {
    const first = await listen(socketPath, questionTimeout)
    if (first !== undefined) return first
    const running = await connectTo(socketPath)
    running?.destroy()
    if (running !== undefined || isPipe) return undefined
    // A socket that no process listens on was left by a crash. While we hold the lock, no other process can recreate
    // it.
    rmSync(socketPath, { force: true })
    return await listen(socketPath, questionTimeout)
  } finally {
    unlock()
  }
}

const listen = async (socketPath: string, questionTimeout: number): Promise<Claim | undefined> => {
  let setHandler: (handler: ControlHandler) => void = () => undefined
  const handler = new Promise<ControlHandler>((resolve) => {
    setHandler = resolve
  })
  const sockets = new Set<Socket>()
  const streams = createPlaces(commandLimits.streams)
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setTimeout(questionTimeout, () => socket.destroy())
    void answer(socket, handler, streams)
  })
  server.maxConnections = mostConnections
  const listening = await bind(server, socketPath)
  if (!listening) return undefined
  return {
    answerWith: setHandler,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Responses already written are still sent; idle connections would keep the server open.
        for (const socket of sockets) socket.destroySoon()
      }),
  }
}

/**
 * Binds the socket for this user only: the file is created before `listen` returns, so the umask applies to it.
 * Resolves to false when the address is in use.
 */
const bind = (server: Server, socketPath: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const umask = process.umask(0o177)
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(socketPath, () => resolve(true))
    process.umask(umask)
  })

const answer = async (socket: Socket, handler: Promise<ControlHandler>, streams: Places): Promise<void> => {
  const line = await readLine(socket, longestQuestion)
  socket.setTimeout(0)
  // With the first call: before the icon is in the tray there is none, and the schemas take their time.
  const { readCall } = await import('./read-call.ts')
  const call = readCall(line)
  const answered = call.ok ? await (await handler)(call.value) : call
  // Its end has been told already.
  if (socket.destroyed) return
  if (!('subscribe' in answered)) return say(socket, answered)
  const leave = streams.take()
  if (leave === undefined) return say(socket, fail('too_many_requests', { count: commandLimits.streams }))
  socket.on('close', leave)
  stream(socket, answered)
}

const say = (socket: Socket, answered: Result<unknown>): void => {
  socket.end(`${JSON.stringify(answered)}\n`)
}

/** Sends what is new, but nothing while a slow reader has not yet taken what was sent before. */
const stream = (socket: Socket, { subscribe, next }: ControlStream): void => {
  const send = (): void => {
    if (socket.destroyed || socket.writableNeedDrain) return
    const value = next()
    if (value !== undefined) socket.write(`${JSON.stringify(ok(value))}\n`)
  }
  const stop = subscribe(send)
  socket.on('drain', send)
  socket.on('close', stop)
  // The end of the connection is only noticed while reading.
  socket.resume()
  send()
}

/**
 * The maximum age of a lock, in milliseconds. Locks are held only while claiming, so an older one was left by a crash.
 * So was one from the future, after the computer's clock was set back.
 */
const oldestLock = 10_000

const lock = async (file: string): Promise<() => void> => {
  for (;;) {
    try {
      closeSync(openSync(file, 'wx', 0o600))
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
      // Of a link its own age: one that leads nowhere is in the way like any other file.
      const found = lstatSync(file, { throwIfNoEntry: false })
      if (found !== undefined && Math.abs(Date.now() - found.mtimeMs) > oldestLock) rmSync(file, { force: true })
      else await delay(50)
    }
  }
}
