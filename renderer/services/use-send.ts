import { useCallback, useRef, useState } from 'react'
import type { CommandInput, CommandName, CommandResults } from '../../common/contract/commands.ts'
import type { Failure } from '../../common/contract/failure.ts'
import { useServices } from './services.ts'
import { isOverOnceConnected, useReconnected } from './use-reconnected.ts'

/**
 * Sends a command whose success shows in the next snapshot, so that only its failure needs a place of its own. What is on
 * its way already is not sent once more. What offers a way back is told when the command has succeeded.
 */
export type Send = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
  onDone?: (value: CommandResults[Name]) => void,
) => void

export interface Sending {
  readonly send: Send
  /** Whether a command has no answer yet; with an input, that one alone. */
  readonly isPending: <Name extends CommandName>(name: Name, input?: CommandInput<Name>) => boolean
  /** Why the last command failed; null if it succeeded. */
  readonly failure: Failure | null
  /** The command that failed. */
  readonly failed: CommandName | null
  readonly dismissFailure: () => void
}

export const useSend = (): Sending => {
  const { execute } = useServices().host
  // Read at once by `send`, and rendered.
  const underWay = useRef<ReadonlySet<string>>(new Set())
  const [pending, setPending] = useState(underWay.current)
  const [failed, setFailed] = useState<{ readonly name: CommandName; readonly failure: Failure } | null>(null)

  useReconnected(() => setFailed((before) => (before !== null && isOverOnceConnected(before.failure) ? null : before)))
  const send = useCallback<Send>(
    (name, input, onDone) => {
      const mine = keyOf(name, input)
      if (underWay.current.has(mine)) return
      const change = (keys: Iterable<string>) => {
        underWay.current = new Set(keys)
        setPending(underWay.current)
      }
      const work = async () => {
        change([...underWay.current, mine])
        const result = await execute(name, input)
        change([...underWay.current].filter((other) => other !== mine))
        setFailed(result.ok ? null : { name, failure: result.failure })
        if (result.ok) onDone?.(result.value)
      }
      void work()
    },
    [execute],
  )
  const isPending = useCallback<Sending['isPending']>(
    (name, input) =>
      input === undefined ? [...pending].some((key) => key.startsWith(`${name} `)) : pending.has(keyOf(name, input)),
    [pending],
  )
  return {
    send,
    isPending,
    failure: failed?.failure ?? null,
    failed: failed?.name ?? null,
    dismissFailure: () => setFailed(null),
  }
}

const keyOf = (name: CommandName, input: object): string => `${name} ${JSON.stringify(input)}`
