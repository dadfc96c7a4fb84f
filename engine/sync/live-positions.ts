import { type BusMessage, type Positions, readStatus, statusChannel } from '../discourse/message-bus.ts'

/** The result of reading a response of the bus. */
export interface BusReading {
  /** The same object when nothing has moved. */
  readonly positions: Positions
  /** The new bus messages, each once, in order. */
  readonly messages: readonly BusMessage[]
  /**
   * Something may have been missed: the bus has named another position than ours, or bus messages between our position
   * and the first one received are gone. Causes are a restored server, a long absence, and a key that has become
   * invalid (protocol.md 5.6); only a request with the key can tell.
   */
  readonly isDoubtful: boolean
}

/** Reads a response of the bus, given the positions in the request. */
export const readBus = (asked: Positions, answer: readonly BusMessage[]): BusReading => {
  const positions: Record<string, number> = { ...asked }
  const messages: BusMessage[] = []
  let isDoubtful = false
  let hasMoved = false
  /** Undefined for a channel that was not asked about, also one that is called like a field that every object has. */
  const positionOf = (channel: string): number | undefined =>
    Object.hasOwn(asked, channel) ? positions[channel] : undefined
  for (const message of inOrder(answer)) {
    if (message.channel === statusChannel) {
      for (const [channel, position] of Object.entries(readStatus(message.data))) {
        const known = positionOf(channel)
        if (known === undefined || known === position) continue
        if (known !== -1) isDoubtful = true
        // The bus would take a negative number for how many of the latest are wanted, and send them again.
        if (position < 0) continue
        positions[channel] = position
        hasMoved = true
      }
      continue
    }
    const known = positionOf(message.channel)
    if (known === undefined || message.id <= known) continue
    if (known !== -1 && message.id > known + 1) isDoubtful = true
    positions[message.channel] = message.id
    hasMoved = true
    messages.push(message)
  }
  return { positions: hasMoved ? positions : asked, messages, isDoubtful }
}

/** The bus messages of each channel by their ids; which channel comes when stays as it is. */
const inOrder = (answer: readonly BusMessage[]): readonly BusMessage[] => {
  /** Of each channel the last first. */
  const queues = new Map<string, BusMessage[]>()
  for (const message of answer.toReversed().toSorted((a, b) => b.id - a.id)) {
    const queue = queues.get(message.channel)
    if (queue === undefined) queues.set(message.channel, [message])
    else queue.push(message)
  }
  return answer.map((message) =>
    message.channel === statusChannel ? message : (queues.get(message.channel)?.pop() ?? message),
  )
}
