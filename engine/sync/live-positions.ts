import { type BusMessage, type Positions, readStatus, statusChannel } from '../discourse/message-bus.ts'

/** What the answer of the bus amounts to. */
export interface BusReading {
  /** The same object when nothing has moved. */
  readonly positions: Positions
  /** The messages that are new, each once, in their order. */
  readonly messages: readonly BusMessage[]
  /**
   * Something may have been missed: the bus has named another position than ours, or messages between ours and the first
   * one given are gone. A restored server does that, a long absence, and a key that has stopped counting (protocol.md 5.6):
   * then only a question with the key tells.
   */
  readonly isDoubtful: boolean
}

/** Reads an answer of the bus against the positions that were asked with. */
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
