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
  for (const message of answer) {
    if (message.channel === statusChannel) {
      for (const [channel, position] of Object.entries(readStatus(message.data))) {
        const known = positions[channel]
        if (known === undefined || known === position) continue
        if (known !== -1) isDoubtful = true
        positions[channel] = position
        hasMoved = true
      }
      continue
    }
    const known = positions[message.channel]
    if (known === undefined || message.id <= known) continue
    if (known !== -1 && message.id > known + 1) isDoubtful = true
    positions[message.channel] = message.id
    hasMoved = true
    messages.push(message)
  }
  return { positions: hasMoved ? positions : asked, messages, isDoubtful }
}
