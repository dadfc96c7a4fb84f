import { Agent } from 'node:http'
import { Socket } from 'node:net'
import type { Connect } from './connect.ts'

/**
 * How long an idle connection stays open, in milliseconds, unless the forum says less. Long enough for requests every
 * 60 s, and for polls, to reuse theirs.
 */
const keptFor = 90_000

/** After how long without traffic TCP keep-alive probes begin, in milliseconds. */
const probeDelay = 60_000

/** One agent per origin, which keeps its connections alive for the next request. */
export interface AgentPool {
  of(origin: URL): Agent
  /** How many agents there are. */
  size(): number
}

/**
 * From how many agents on those without a connection or a request are dropped: forums name origins, as those of
 * pictures, and may name another one each time.
 */
const mostIdle = 1000

const isIdle = ({ sockets, freeSockets, requests }: Agent): boolean =>
  [sockets, freeSockets, requests].every((byHost) => Object.keys(byHost).length === 0)

export const createAgentPool = (connect: Connect): AgentPool => {
  const agents = new Map<string, Agent>()
  let sweepsAt = mostIdle

  const sweep = (): void => {
    for (const [origin, agent] of agents) if (isIdle(agent)) agents.delete(origin)
    sweepsAt = Math.max(mostIdle, 2 * agents.size)
  }

  return {
    of: (url) => {
      const { origin } = url
      const existing = agents.get(origin)
      if (existing !== undefined) return existing
      if (agents.size >= sweepsAt) sweep()
      const agent = new Agent({ keepAlive: true, keepAliveMsecs: probeDelay, timeout: keptFor })
      agent.createConnection = (_, done) => {
        connect(new URL(origin)).then(
          (socket) => done?.(null, socket),
          (error: unknown) => done?.(asError(error), new Socket()),
        )
        return undefined
      }
      agents.set(origin, agent)
      return agent
    },
    size: () => agents.size,
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
