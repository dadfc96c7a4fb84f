import { StringDecoder } from 'node:string_decoder'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'

/** One bus message (protocol.md 5.6). */
export interface BusMessage {
  readonly channel: string
  readonly id: number
  readonly data: unknown
}

/** Reads what a forum's message bus sends to one poll, piece by piece as it arrives (protocol.md 5.6). */
export interface BusStream {
  /**
   * Takes the next bytes. Returns the parts that are complete with them, in order: each as its bus messages, none in a
   * part that only shows that the stream is open, or null for one that cannot be read.
   */
  read(bytes: Uint8Array): readonly BusPart[]
  /**
   * The stream has ended. Returns what was left, which is everything from a server that does not chunk; undefined for
   * nothing.
   */
  end(): BusPart | undefined
  /** A part is longer than the limit. From then on nothing is read or kept. */
  isOverlong(): boolean
}

export type BusPart = readonly BusMessage[] | null

/** Each part ends with this; where it occurs in data, the server doubles the bar. */
const separator = '\r\n|\r\n'
const doubled = '\r\n||\r\n'

/**
 * In UTF-16 units. A bus message on the channels we follow has about 3,000; a backlog of 100 of them fits easily.
 */
const longestPart = 1_000_000
/** More bus messages than a server keeps for the few channels of one user (protocol.md 5.6). */
const mostMessages = 1000
const longestChannel = 200
/**
 * A channel's backlog of 100 bus messages (protocol.md 5.6) has 17,000 values: most are in the 40 pairs of id and read flag
 * of each.
 */
const mostValues = 50_000

export const createBusStream = (limit = longestPart): BusStream => {
  // A `TextDecoder` that streams holds a converter in native memory, for as long as the poll lasts.
  const decoder = new StringDecoder('utf8')
  /** The pieces of the part that is not yet complete. Joining them at every read would take quadratic time. */
  let pieces: string[] = []
  let length = 0
  /** The end of the last piece, to find a separator that is split across pieces. */
  let tail = ''
  let isOverlong = false

  const keep = (text: string): void => {
    pieces = [text]
    length = text.length
    tail = text.slice(1 - separator.length)
  }

  const take = (text: string): readonly BusPart[] => {
    const isComplete = (tail + text).includes(separator)
    pieces.push(text)
    length += text.length
    tail = (tail + text).slice(1 - separator.length)
    const parts = isComplete ? pieces.join('').split(separator) : []
    if (isComplete) keep(parts.pop() ?? '')
    isOverlong = length > limit || parts.some((part) => part.length > limit)
    if (isOverlong) keep('')
    return isOverlong ? [] : parts.map(readPart)
  }

  return {
    read: (bytes) => (isOverlong ? [] : take(decoder.write(bytes))),
    end: () => {
      const rest = pieces.join('') + decoder.end()
      keep('')
      return rest.trim() === '' ? undefined : readPart(rest)
    },
    isOverlong: () => isOverlong,
  }
}

const readPart = (part: string): BusPart => {
  if (part.trim() === '') return []
  const parsed = parseBoundedJson(part.replaceAll(doubled, separator), mostValues)
  if (!Array.isArray(parsed)) return null
  const messages = parsed.slice(0, mostMessages).map(readMessage)
  // An unreadable bus message costs only itself; a part with nothing else in it counts as empty.
  const readable = messages.filter((message) => message !== undefined)
  return readable.length === 0 && messages.length > 0 ? null : readable
}

const readMessage = (value: unknown): BusMessage | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('channel' in value && 'message_id' in value)) return undefined
  const { channel, message_id: id } = value
  if (typeof channel !== 'string' || channel.length > longestChannel) return undefined
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined
  return { channel, id, data: 'data' in value ? value.data : undefined }
}
