import { useCallback, useState } from 'react'
import type { CommandInput, CommandName } from '../common/commands.ts'
import type { Failure } from '../common/failure.ts'
import { useServices } from './services.ts'

/** Sends a command whose success shows in the next snapshot, so that only its failure needs a place of its own. */
export type Send = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => void

export interface Sending {
  readonly send: Send
  /** The commands that have no answer yet. */
  readonly pending: ReadonlySet<CommandName>
  readonly failure: Failure | null
  readonly dismissFailure: () => void
}

export const useSend = (): Sending => {
  const { execute } = useServices().host
  const [pending, setPending] = useState<ReadonlySet<CommandName>>(new Set())
  const [failure, setFailure] = useState<Failure | null>(null)

  const send = useCallback<Send>(
    (name, input) => {
      const work = async () => {
        setPending((before) => new Set(before).add(name))
        const result = await execute(name, input)
        setPending((before) => new Set([...before].filter((other) => other !== name)))
        setFailure(result.ok ? null : result.failure)
      }
      void work()
    },
    [execute],
  )
  return { send, pending, failure, dismissFailure: () => setFailure(null) }
}
