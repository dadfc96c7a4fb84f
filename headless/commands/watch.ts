import { spawn } from 'node:child_process'
import * as v from 'valibot'
import { type Failure, fail } from '../../common/contract/failure.ts'
import { type AlertEvent, alertEventsSchema } from '../../engine/control/control-protocol.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { oneLine, styled } from '../command-line/terminal.ts'
import { followInstance } from '../follow-instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'

/**
 * Prints each alert as it is shown, until standard output is closed or the process is ended; `--exec` runs a command
 * for each.
 */
export const watch: RunCommand = async ({ profile, json, hasColor, options }) => {
  const command = typeof options['exec'] === 'string' ? options['exec'] : undefined
  const run = command === undefined ? undefined : createRunForEach(command)
  const ending = new AbortController()
  let refused: Failure | undefined
  let isAbsenceTold = false
  await followInstance(
    profile,
    'alerts',
    {
      onConnect: () => (answer) => {
        const events = answer.ok ? v.safeParse(alertEventsSchema, answer.value) : undefined
        if (events?.success !== true) {
          // A notifier of another version, which does not know the call.
          refused = answer.ok ? { code: 'internal' } : answer.failure
          return ending.abort()
        }
        for (const event of events.output) {
          const value = alertJson(event)
          if (json) printJson(value)
          else print(alertLine(event, hasColor))
          run?.(JSON.stringify(value))
        }
      },
      onAbsent: () => {
        if (!isAbsenceTold) printFailure(fail('not_running').failure, false)
        isAbsenceTold = true
      },
    },
    ending.signal,
  )
  return refused === undefined ? exitStatus.ok : printFailure(refused, json)
}

const alertJson = ({ at, title, body, account, url, notification }: AlertEvent) => ({
  at: new Date(at).toISOString(),
  title,
  body,
  account: account === null ? null : `${account.username}@${account.host}`,
  site: account?.site ?? null,
  url,
  id: account === null || notification === null ? null : `${account.id}/${notification}`,
})

const alertLine = ({ title, body }: AlertEvent, hasColor: boolean): string =>
  t('cli.alert', { title: styled(hasColor, 'bold', oneLine(title)), body: oneLine(body) })

/** How many alerts wait for a slow command; the oldest are dropped first. */
const mostWaiting = 1000

/**
 * Makes the function that runs a shell command for each text, one after the other, with the text on its standard input:
 * what forums send must never be on a command line, where a shell would interpret it and every user of the computer
 * could read it.
 */
const createRunForEach = (command: string): ((text: string) => void) => {
  let waiting: readonly string[] = []
  let isRunning = false
  const runNext = (): void => {
    const [text, ...rest] = waiting
    if (isRunning || text === undefined) return
    waiting = rest
    isRunning = true
    const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] })
    const onEnd = (status: number | string): void => {
      isRunning = false
      if (status !== 0) process.stderr.write(`${t('cli.execFailed', { status })}\n`)
      runNext()
    }
    child.once('error', ({ message }) => onEnd(message))
    child.once('close', (code, signal) => onEnd(code ?? signal ?? ''))
    // A command that does not read its input closes it early.
    child.stdin.on('error', () => undefined).end(`${text}\n`)
  }
  return (text) => {
    waiting = [...waiting, text].slice(-mostWaiting)
    runNext()
  }
}
