/** A message as it waits in the backlog of its channel. */
export interface BusMessage {
  readonly globalId: number
  readonly id: number
  readonly channel: string
  /** The data as JSON text: what was published does not change when its source does. */
  readonly json: string
  /** Who may have it; `null` is everybody. */
  readonly userIds: readonly number[] | null
}

/** A poll that is held until there is something to say. */
export interface HeldPoll {
  readonly clientId: string
  /** `__seq`: of two polls of one client the one with the higher number stays. */
  readonly seq: number
  readonly userId: number | null
  readonly channels: readonly string[]
  /** Whether the poll is over with its first message. */
  readonly endsWithMessage: boolean
  readonly deliver: (message: BusMessage) => void
  /** Answers without news. */
  readonly close: () => void
}

/** What a poll gets at once: messages, and the true positions of channels where it has to adopt them. */
export interface Backlog {
  readonly messages: readonly BusMessage[]
  /** `null` when there is nothing to correct. */
  readonly status: Readonly<Record<string, number>> | null
}

interface Channel {
  lastId: number
  /** The newest ones, oldest first. */
  messages: BusMessage[]
}

/** The message bus of one site (protocol.md 5.6): channels with their positions, and the polls held open. */
export class MessageBus {
  readonly #backlogSize: () => number
  #channels = new Map<string, Channel>()
  #globalId = 0
  /** Where a channel nobody has published on yet begins. */
  #start = 0
  readonly #held = new Map<string, HeldPoll>()
  readonly #listeners = new Map<string, Set<HeldPoll>>()

  /** `backlogSize`: how many messages a channel keeps; asked at each message. */
  constructor(backlogSize: () => number) {
    this.#backlogSize = backlogSize
  }

  get heldPolls(): number {
    return this.#held.size
  }

  /** The id of the newest message of a channel, 0 where there was none. */
  position(channel: string): number {
    return this.#channels.get(channel)?.lastId ?? this.#start
  }

  /** Publishes JSON data, to everybody or only to some users, and hands it to the polls that wait for it. */
  publish(channel: string, data: unknown, userIds: readonly number[] | null = null): void {
    const { messages, lastId } = this.#channels.get(channel) ?? { messages: [], lastId: this.#start }
    this.#globalId += 1
    const message = { globalId: this.#globalId, id: lastId + 1, channel, json: JSON.stringify(data), userIds }
    const kept = [...messages, message].slice(-Math.max(1, this.#backlogSize()))
    this.#channels.set(channel, { lastId: message.id, messages: kept })
    for (const poll of [...(this.#listeners.get(channel) ?? [])]) {
      if (!mayHave(message, poll.userId)) continue
      // Whoever takes no chunks has no place for a second message: it comes with the next poll.
      if (poll.endsWithMessage) this.release(poll)
      poll.deliver(message)
    }
  }

  /**
   * What a client at these positions is due (protocol.md 5.6): -1 asks for the position, -2 for the last message, -3 for
   * the last two; a position ahead of the channel, and messages that are not for this user, are corrected by the status.
   */
  backlog(positions: ReadonlyMap<string, number>, userId: number | null): Backlog {
    const messages: BusMessage[] = []
    const corrected: string[] = []
    for (const [channel, position] of positions) {
      const last = this.position(channel)
      if (position === -1 || position > last) {
        corrected.push(channel)
        continue
      }
      const from = position < -1 ? Math.max(0, last + position + 1) : position
      const newer = (this.#channels.get(channel)?.messages ?? []).filter(({ id }) => id > from)
      const allowed = newer.filter((message) => mayHave(message, userId))
      messages.push(...allowed)
      if (allowed.length < newer.length) corrected.push(channel)
    }
    const status = Object.fromEntries(corrected.map((channel) => [channel, this.position(channel)]))
    return { messages, status: corrected.length > 0 ? status : null }
  }

  /** Holds a poll, in the place of the one this client has held so far. */
  hold(poll: HeldPoll): void {
    const other = this.#held.get(poll.clientId)
    if (other !== undefined && other.seq > poll.seq) {
      poll.close()
      return
    }
    if (other !== undefined) {
      this.release(other)
      other.close()
    }
    this.#held.set(poll.clientId, poll)
    for (const channel of poll.channels) {
      const listeners = this.#listeners.get(channel) ?? new Set()
      this.#listeners.set(channel, listeners.add(poll))
    }
  }

  /** Holds it no longer. Does not answer it. */
  release(poll: HeldPoll): void {
    if (this.#held.get(poll.clientId) === poll) this.#held.delete(poll.clientId)
    for (const channel of poll.channels) {
      const listeners = this.#listeners.get(channel)
      listeners?.delete(poll)
      if (listeners?.size === 0) this.#listeners.delete(channel)
    }
  }

  /** Forgets all messages and positions, as a server does whose store is lost. */
  reset(): void {
    this.#channels = new Map()
    this.#globalId = 0
    this.#start = 0
  }

  /** Every channel goes on by so many messages that nobody can have any more. */
  skip(count: number): void {
    for (const channel of this.#channels.values()) {
      channel.lastId += count
      channel.messages = []
    }
    this.#start += count
    this.#globalId += count
  }
}

/** A message as clients get it. */
export function messageJson({ globalId, id, channel, json }: BusMessage): string {
  return `{"global_id":${globalId},"message_id":${id},"channel":${JSON.stringify(channel)},"data":${json}}`
}

function mayHave({ userIds }: BusMessage, userId: number | null): boolean {
  return userIds === null || (userId !== null && userIds.includes(userId))
}
