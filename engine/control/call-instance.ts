import { connect, type Socket } from 'node:net'
import * as v from 'valibot'
import { fail, type Result } from '../../common/contract/failure.ts'
import { resultSchema } from '../../common/contract/result-schema.ts'
import { parseJson } from '../parsing/parse-json.ts'
import { folderProblem } from './control-path.ts'
import type { ControlCall, StreamCall } from './control-protocol.ts'
import { longestAnswer } from './line-limits.ts'
import { readLine, readLines } from './read-lines.ts'

/** How long a response may take, in milliseconds: a command may have to ask several slow forums. */
const timeout = 120_000

/**
 * Calls the running instance over its control socket.
 * Failures: `not_running` when no process listens there; those of the call; `timed_out`; `internal` when the response
 * cannot be read.
 */
export const callInstance = async (socketPath: string, call: ControlCall): Promise<Result<unknown>> => {
  const socket = await connectTo(socketPath)
  if (socket === undefined) return fail('not_running')
  let late = false
  socket.setTimeout(timeout)
  socket.once('timeout', () => {
    late = true
    socket.destroy()
  })
  socket.write(`${JSON.stringify(call)}\n`)
  const line = await readLine(socket, longestAnswer)
  socket.destroy()
  if (late) return fail('timed_out', { host: 'Discourse Notifier', seconds: timeout / 1000 })
  const parsed = v.safeParse(resultSchema, parseJson(line ?? ''))
  return parsed.success ? parsed.output : fail('internal')
}

/**
 * Subscribes to snapshot updates or to alerts. Resolves when the instance exits or the signal aborts.
 * @param onAnswer called with each update or list of alerts
 * @returns false when no process listens there
 */
export const watchInstance = async (
  socketPath: string,
  call: StreamCall,
  onAnswer: (answer: Result<unknown>) => void,
  signal?: AbortSignal,
): Promise<boolean> => {
  const socket = await connectTo(socketPath)
  if (socket === undefined) return false
  signal?.addEventListener('abort', () => socket.destroy())
  socket.on('error', () => socket.destroy())
  const question: ControlCall = { call }
  socket.write(`${JSON.stringify(question)}\n`)
  for await (const line of readLines(socket, longestAnswer)) {
    const parsed = v.safeParse(resultSchema, parseJson(line))
    onAnswer(parsed.success ? parsed.output : fail('internal'))
  }
  socket.destroy()
  return true
}

/** Connects to the instance listening there; undefined when there is none, or when it could be another user's. */
export const connectTo = (socketPath: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    if (folderProblem(socketPath) !== undefined) {
      resolve(undefined)
      return
    }
    const socket = connect(socketPath)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
