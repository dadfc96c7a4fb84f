/** What is known of the user and the machine; a shell tells what its system tells it. */
export interface Presence {
  readonly user: 'active' | 'idle' | 'locked'
  readonly power: 'mains' | 'battery'
  readonly machine: 'awake' | 'asleep'
}

/** What a shell without any such signs assumes. */
export const attended: Presence = { user: 'active', power: 'mains', machine: 'awake' }

/** How eagerly an account is kept up to date. All in milliseconds. */
export interface Pace {
  /** Whether to hold the live channel where the forum has one. */
  readonly isLive: boolean
  /** Between the end of one held poll and the next; messages wait on the forum meanwhile. */
  readonly breath: number
  /** Between two questions for totals while the live channel is held: it answers for a dead key as well. */
  readonly proof: number
  /** Between two questions for totals without the live channel. */
  readonly question: number
}

const minute = 60_000

/**
 * The pace for a presence. The figures are measured against the day's 2,880 requests (protocol.md 2.3): sixteen hours of polls
 * held 25 s with a breath of 5.5 s are 1,890, which leaves room for what they bring and for the night.
 * @param usual milliseconds between two questions while the user is here and there is no live channel
 * @param used how much of the day's budget is used, 0 to 1
 */
export const paceOf = ({ user, power }: Presence, usual: number, used: number): Pace => {
  const thrift = power === 'battery' ? 2 : 1
  if (user !== 'active' || used >= 0.8) {
    // What is left after a day of much news has to last for the rest of it; a question may be two requests.
    const question = Math.max(usual, (used >= 0.9 ? 15 : 4) * minute) * thrift
    return { isLive: false, breath: 5500, proof: question, question }
  }
  return { isLive: true, breath: 5500 * thrift ** 2, proof: 15 * minute, question: usual * thrift }
}
