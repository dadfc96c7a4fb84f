import { type Dispatch, type RefObject, type SetStateAction, useEffect, useMemo, useRef, useState } from 'react'
import type { CommandInput, Execute } from '../../common/contract/commands.ts'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView, AttemptView, Site } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { isOverOnceConnected, useReconnected } from '../services/use-reconnected.ts'

/** What the dialog shows. Once there is an attempt, its state in the snapshot decides the rest. */
type SignInScreen =
  | { readonly kind: 'closed' }
  | { readonly kind: 'address' }
  /** An attempt for a forum that is known already is being started, or could not be. */
  | { readonly kind: 'starting'; readonly site: Site; readonly account: string | null }
  | { readonly kind: 'attempt'; readonly attempt: string }

type SignInProgress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly failure: Failure }

type BeginInput = CommandInput<'attempt.begin'>
type VaultRemedy = 'vault.retry' | 'vault.useSession'

/**
 * What only this page knows about an attempt: whether its approval page was opened here, or has changed since then. A code
 * that was copied may be typed elsewhere.
 */
type AttemptNote = 'unopened' | 'copied' | 'opened' | 'changed'

/** A forum waiting for its turn: a new one by its address, or an account that needs to sign in again. */
type Waiting = string | Pick<AccountView, 'id' | 'site'>

/** These functions stay the same for the lifetime of the page. */
interface SignInActions {
  readonly openAddress: () => void
  /** Keeps further addresses for later: they are offered one after the other. */
  readonly putOff: (addresses: readonly string[]) => void
  /** Continues with the next forum that was put off. An attempt that waits for approval on its forum stays pending. */
  readonly submitNext: () => Promise<void>
  /** Inspects an address and, if a forum is there, starts an attempt or resumes the pending one. */
  readonly submitAddress: (address: string, allowPlain?: boolean) => Promise<void>
  /** Signs in accounts again, one after the other. */
  readonly signInAgain: (...accounts: readonly AccountView[]) => Promise<void>
  readonly startAgain: (attempt: AttemptView) => Promise<void>
  /** Repeats the last start, once its obstacle may be gone. */
  readonly retry: (remedy?: VaultRemedy) => Promise<void>
  readonly resume: (attempt: string) => void
  /** Closes the dialog. Discards the attempt if it has ended, or its page was never opened; otherwise it continues. */
  readonly hide: () => void
  /** Cancels or discards an attempt, and closes the dialog. */
  readonly dismiss: (attempt: string) => Promise<void>
  readonly noteOpened: (attempt: string) => void
  readonly noteCopied: (attempt: string) => void
  readonly noteSwitched: (attempt: string) => void
}

export interface SignIn extends SignInActions {
  readonly screen: SignInScreen
  readonly progress: SignInProgress
  /** The initial text of the address field. */
  readonly address: string
  /** Forums that were put off. */
  readonly waiting: readonly Waiting[]
  readonly noteOf: (attempt: string) => AttemptNote | undefined
}

/** The steps of signing in, from an address to an attempt. */
export const useSignIn = (attempts: readonly AttemptView[]): SignIn => {
  const { execute } = useServices().host
  const [screen, setScreen] = useState<SignInScreen>({ kind: 'closed' })
  const [progress, setProgress] = useState<SignInProgress>({ kind: 'idle' })
  const [notes, setNotes] = useState<ReadonlyMap<string, AttemptNote>>(new Map())
  const [seen, setSeen] = useState<string | null>(null)
  const [address, setAddress] = useState('')
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const lastBegin = useRef<BeginInput | null>(null)
  // Every new screen is a new turn; a result that belongs to an earlier turn came too late.
  const turn = useRef(0)
  const latest = useRef({ attempts, notes, screen, waiting })
  useEffect(() => {
    latest.current = { attempts, notes, screen, waiting }
  })

  // The result of a command may arrive before the snapshot that holds the new attempt; but an attempt that was
  // there and is gone was dismissed elsewhere.
  const shown = screen.kind === 'attempt' ? screen.attempt : null
  const isPresent = shown !== null && attempts.some(({ id }) => id === shown)
  if (isPresent && seen !== shown) setSeen(shown)
  const isGone = shown !== null && !isPresent && seen === shown

  useReconnected(() =>
    setProgress((before) =>
      before.kind === 'failed' && isOverOnceConnected(before.failure) && screen.kind === 'address'
        ? { kind: 'idle' }
        : before,
    ),
  )

  // Created once, so that rows that receive one of them are not rendered again.
  const actions = useMemo(
    () => createActions({ execute, latest, turn, lastBegin, setScreen, setProgress, setNotes, setAddress, setWaiting }),
    [execute],
  )

  return {
    ...actions,
    screen: isGone ? { kind: 'closed' } : screen,
    progress,
    address,
    waiting,
    noteOf: (attempt) => notes.get(attempt),
  }
}

/** What the actions need from the hook. Only the contents of the refs change during the page's lifetime. */
interface Parts {
  readonly execute: Execute
  readonly latest: RefObject<{
    readonly attempts: readonly AttemptView[]
    readonly notes: ReadonlyMap<string, AttemptNote>
    readonly screen: SignInScreen
    readonly waiting: readonly Waiting[]
  }>
  readonly turn: RefObject<number>
  readonly lastBegin: RefObject<BeginInput | null>
  readonly setScreen: (screen: SignInScreen) => void
  readonly setProgress: (progress: SignInProgress) => void
  readonly setNotes: Dispatch<SetStateAction<ReadonlyMap<string, AttemptNote>>>
  readonly setAddress: (address: string) => void
  readonly setWaiting: (waiting: readonly Waiting[]) => void
}

/** A pending sign-in for a new account of a forum. */
const waitingAt = (base: string, attempts: readonly AttemptView[]): AttemptView | undefined =>
  attempts.find(({ site, state, account }) => site.base === base && state.kind === 'waiting' && account === null)

/**
 * The attempt on the screen, if it is of no use once it is out of sight: the user has seen how it ended, or it cannot
 * succeed because its page was never opened.
 */
const leftoverOf = ({ screen, notes, attempts }: Parts['latest']['current']): string | null => {
  if (screen.kind !== 'attempt') return null
  const kind = attempts.find(({ id }) => id === screen.attempt)?.state.kind
  const isOver = kind === 'done' || kind === 'expired' || kind === 'denied'
  return isOver || (kind !== 'checking' && notes.get(screen.attempt) === 'unopened') ? screen.attempt : null
}

const createActions = (parts: Parts): SignInActions => {
  const { execute, latest, turn, lastBegin, setScreen, setProgress, setNotes, setAddress, setWaiting } = parts
  const show = (next: SignInScreen, nextProgress: SignInProgress = { kind: 'idle' }): number => {
    turn.current += 1
    setScreen(next)
    setProgress(nextProgress)
    return turn.current
  }
  const note = (attempt: string, what: AttemptNote) => setNotes((before) => new Map(before).set(attempt, what))

  const begin = async (input: BeginInput, mine: number) => {
    lastBegin.current = input
    if (turn.current === mine) setProgress({ kind: 'starting' })
    const result = await execute('attempt.begin', input)
    if (turn.current !== mine) {
      if (result.ok) await execute('attempt.dismiss', { attempt: result.value.attempt })
      return
    }
    if (!result.ok) return setProgress({ kind: 'failed', failure: result.failure })
    const { attempt } = result.value
    note(attempt, 'unopened')
    show({ kind: 'attempt', attempt })
  }

  const submitAddress: SignInActions['submitAddress'] = async (given, allowPlain) => {
    lastBegin.current = null
    const mine = show({ kind: 'address' }, { kind: 'looking' })
    const plain = allowPlain === true ? { allowPlain } : {}
    const found = await execute('site.inspect', { address: given, ...plain })
    if (turn.current !== mine) return
    const present = found.ok ? waitingAt(found.value.base, latest.current.attempts) : undefined
    if (present !== undefined) show({ kind: 'attempt', attempt: present.id })
    else if (found.ok) await begin({ address: found.value.base, ...plain }, mine)
    else setProgress({ kind: 'failed', failure: found.failure })
  }

  const again = async ({ id, site }: Pick<AccountView, 'id' | 'site'>) => {
    const mine = show({ kind: 'starting', site, account: id })
    await begin({ address: site.base, account: id }, mine)
  }

  return {
    openAddress: () => {
      setAddress('')
      setWaiting([])
      show({ kind: 'address' })
    },
    submitAddress,
    putOff: setWaiting,
    submitNext: async () => {
      const [next, ...others] = latest.current.waiting
      if (next === undefined) return
      const leftover = leftoverOf(latest.current)
      if (leftover !== null) void execute('attempt.dismiss', { attempt: leftover })
      setWaiting(others)
      if (typeof next !== 'string') return await again(next)
      setAddress(next)
      await submitAddress(next)
    },
    signInAgain: async (first, ...others) => {
      setWaiting(others)
      if (first !== undefined) await again(first)
    },
    startAgain: async ({ id, site, method, account }) => {
      const mine = show({ kind: 'starting', site, account })
      await execute('attempt.dismiss', { attempt: id })
      await begin({ address: site.base, method, ...(account === null ? {} : { account }) }, mine)
    },
    retry: async (remedy) => {
      const mine = turn.current
      setProgress({ kind: 'starting' })
      const helped = remedy === undefined ? undefined : await execute(remedy, {})
      if (turn.current !== mine) return
      if (helped?.ok === false) return setProgress({ kind: 'failed', failure: helped.failure })
      if (lastBegin.current === null) setProgress({ kind: 'idle' })
      else await begin(lastBegin.current, mine)
    },
    resume: (attempt) => void show({ kind: 'attempt', attempt }),
    hide: () => {
      const leftover = leftoverOf(latest.current)
      show({ kind: 'closed' })
      if (leftover !== null) void execute('attempt.dismiss', { attempt: leftover })
    },
    dismiss: async (attempt) => {
      show({ kind: 'closed' })
      await execute('attempt.dismiss', { attempt })
    },
    noteOpened: (attempt) => note(attempt, 'opened'),
    noteCopied: (attempt) => note(attempt, 'copied'),
    noteSwitched: (attempt) => note(attempt, 'changed'),
  }
}
