import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import type { CliInput, RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { styled } from '../command-line/terminal.ts'
import { openInBrowser, removeBrowserPage } from '../desktop/open-in-browser.ts'
import { askInstance, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { watchSnapshots } from '../watch-snapshots.ts'

const minute = 60_000
/** A user who has not approved after this many milliseconds may be looking at a refusal. */
const refusalDelay = 30_000

const begunSchema = v.object({
  attempt: v.string(),
  authorizeUrl: v.string(),
  expiresAt: v.number(),
  userCode: v.nullable(v.string()),
})

type Begun = v.InferOutput<typeof begunSchema>

/**
 * Begins to add a forum, and prints where to approve it; with `--wait` it also opens that page, and prints who is
 * connected.
 */
export const add: RunCommand = async (input) => {
  const { profile, json, words, options } = input
  const method = signInMethodSchema.options.find((one) => one === options['method'])
  const address = words[0] ?? ''
  const answer = await askInstance(profile, { call: 'begin', address, ...(method === undefined ? {} : { method }) })
  const begun = answer.ok ? readValue(begunSchema, answer.value) : answer
  if (!begun.ok) return printFailure(begun.failure, json)
  printBegun(begun.value, input)
  return options['wait'] === true ? await waitForApproval(begun.value, input) : exitStatus.ok
}

const printBegun = (
  { attempt, authorizeUrl, expiresAt, userCode }: Begun,
  { json, hasColor, options }: CliInput,
): void => {
  if (json) {
    const code = userCode === null ? {} : { userCode }
    printJson({ attempt, authorizeUrl, expiresAt: new Date(expiresAt).toISOString(), ...code })
    return
  }
  print(t('cli.approve', { count: Math.max(1, Math.round((expiresAt - Date.now()) / minute)) }))
  print(`\n${authorizeUrl}\n`)
  if (userCode !== null) {
    print(t('cli.typeCode', { code: userCode }))
    if (options['wait'] === true) print(largeCode(userCode, hasColor))
  } else if (options['wait'] !== true) print(t('cli.thenAccept'))
}

/** Makes the code as conspicuous as a terminal allows. */
const largeCode = (code: string, hasColor: boolean): string => {
  const letters = [...code].join(' ')
  const line = '─'.repeat(letters.length + 4)
  return `\n  ┌${line}┐\n  │  ${styled(hasColor, 'bold', letters)}  │\n  └${line}┘\n`
}

const waitForApproval = async ({ attempt, authorizeUrl }: Begun, { profile, json }: CliInput): Promise<number> => {
  if (!json) print(t('cli.waiting'))
  const stopRemoving = removePageAtEnd(profile)
  await openInBrowser(authorizeUrl, profile)
  const stopReading = readPasted(profile)
  // If only the browser sees the refusal, no answer ever comes (protocol.md 1.2).
  const hint = setTimeout(() => !json && print(t('cli.refusedHint')), refusalDelay)
  const outcome = await attemptOutcome(profile, attempt)
  clearTimeout(hint)
  stopReading()
  stopRemoving()
  if (!outcome.ok) return printFailure(outcome.failure, json)
  if (json) printJson(outcome.value)
  else print(outcome.value.sentence)
  return outcome.value.account === null ? exitStatus.failed : exitStatus.ok
}

/**
 * Removes the page that redirects the browser, which contains the nonce, however the waiting ends.
 * @returns a function that does so now
 */
const removePageAtEnd = (profile: string): (() => void) => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal?: NodeJS.Signals): void => {
    removeBrowserPage(profile)
    for (const name of signals) process.off(name, end)
    // Ends as it would have without being listened to.
    if (signal !== undefined) process.kill(process.pid, signal)
  }
  for (const name of signals) process.on(name, end)
  return () => end()
}

/** Accepts a long code or an address that is pasted into the terminal meanwhile. @returns a function that stops it */
const readPasted = (profile: string): (() => void) => {
  if (!process.stdin.isTTY) return () => undefined
  const terminal = createInterface({ input: process.stdin })
  terminal.on('line', async (text) => {
    if (text.trim() === '') return
    const answer = await askInstance(profile, { call: 'command', name: 'attempt.accept', input: { text } })
    if (!answer.ok) printFailure(answer.failure, false)
  })
  return () => terminal.close()
}

interface Outcome {
  /** null when nobody was connected. */
  readonly account: string | null
  readonly sentence: string
}

/**
 * Waits until an attempt ends. Failures: `attempt_unknown` when it was cancelled elsewhere, `not_running` when the
 * notifier ends.
 */
const attemptOutcome = async (profile: string, id: string): Promise<Result<Outcome>> => {
  const ending = new AbortController()
  let result: Result<Outcome> | undefined
  await watchSnapshots(
    profile,
    (snapshot) => {
      result ??= snapshot === undefined ? fail('not_running') : outcomeIn(snapshot, id)
      if (result !== undefined) ending.abort()
    },
    ending.signal,
  )
  return result ?? fail('not_running')
}

const outcomeIn = (snapshot: Snapshot, id: string): Result<Outcome> | undefined => {
  const attempt = snapshot.attempts.find((one) => one.id === id)
  if (attempt === undefined) return fail('attempt_unknown')
  const { state } = attempt
  switch (state.kind) {
    case 'done': {
      const account = snapshot.accounts.find((one) => one.id === state.account)
      const { site, username } = account ?? { site: attempt.site, username: '' }
      return ok({ account: state.account, sentence: t('add.done', { title: site.title, username }) })
    }
    case 'expired':
      return ok({ account: null, sentence: t('add.expired') })
    case 'denied':
      return ok({ account: null, sentence: t('add.denied') })
    case 'waiting':
    case 'checking':
      return undefined
  }
}
