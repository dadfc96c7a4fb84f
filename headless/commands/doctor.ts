import * as v from 'valibot'
import { type DiagnosisFact, type DiagnosisStep, diagnosisSteps } from '../../common/contract/diagnosis.ts'
import { failureSchema } from '../../common/contract/result-schema.ts'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { findingText } from '../../common/i18n/diagnosis-text.ts'
import { alignColumns } from '../command-line/columns.ts'
import type { CliInput, RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { lineWidth, styled, textWidth, wrap } from '../command-line/terminal.ts'
import { accountName, askInstance, readSnapshot, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { findAccount } from './account-command.ts'

const factSchema: v.GenericSchema<unknown, DiagnosisFact> = v.variant('kind', [
  v.object({ kind: v.literal('host'), host: v.string() }),
  v.object({ kind: v.literal('apiVersion'), version: v.number(), title: v.string() }),
  v.object({ kind: v.literal('methods'), methods: v.array(signInMethodSchema) }),
  v.object({ kind: v.literal('username'), username: v.string() }),
  v.object({ kind: v.literal('total'), total: v.number() }),
  v.object({ kind: v.literal('totalInSession'), total: v.number() }),
])
const name = v.picklist(diagnosisSteps)
const stepsSchema = v.array(
  v.variant('outcome', [
    v.object({ name, outcome: v.literal('ok'), fact: v.nullable(factSchema) }),
    v.object({ name, outcome: v.literal('failed'), failure: failureSchema }),
    v.object({ name, outcome: v.literal('skipped') }),
  ]),
)

/** Tests the connection to one forum, or to those of all accounts, step by step. */
export const doctor: RunCommand = async (input) => {
  const { profile, json, words } = input
  const [word] = words
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const { accounts } = snapshot.value
  const found = word === undefined ? undefined : findAccount(accounts, word)
  if (found !== undefined && !found.ok && found.failure.code === 'account_ambiguous')
    return printFailure(found.failure, json)
  const chosen = found === undefined ? accounts : found.ok ? [found.value] : []
  // What matches no account may be the address of a forum without an account here.
  const targets: readonly Target[] = word !== undefined && chosen.length === 0 ? [{ address: word }] : chosen
  let status: number = exitStatus.ok
  for (const target of targets) status = Math.max(status, await testOne(target, input))
  return status
}

type Target = AccountView | { readonly address: string }

const testOne = async (target: Target, { profile, json, hasColor }: CliInput): Promise<number> => {
  const isAddress = 'address' in target
  const title = isAddress ? target.address : accountName(target)
  const input = isAddress ? target : { account: target.id }
  const answer = await askInstance(profile, { call: 'command', name: 'diagnose.site', input })
  const steps = answer.ok ? readValue(stepsSchema, answer.value) : answer
  if (!steps.ok) return printFailure(steps.failure, json)
  if (json) printJson({ name: title, steps: steps.value })
  else
    for (const line of [styled(hasColor, 'bold', title), ...stepLines(steps.value, !isAddress, hasColor)]) print(line)
  return steps.value.some(({ outcome }) => outcome === 'failed') ? exitStatus.failed : exitStatus.ok
}

const marks = { ok: '✓', failed: '✗', skipped: '–' } as const

/** Sentences are not truncated, because they say what to do. */
const stepLines = (steps: readonly DiagnosisStep[], hasAccount: boolean, hasColor: boolean): readonly string[] => {
  const titles = steps.map((step) => t(`diagnostics.step.${step.name}`))
  const names = alignColumns(
    [
      {
        cells: steps.map(({ outcome }) => marks[outcome]),
        style: (row) => (steps[row]?.outcome === 'failed' ? 'yellow' : 'dim'),
      },
      { cells: titles },
      { cells: steps.map(() => '·') },
    ],
    lineWidth(),
    hasColor,
  )
  // The mark and the gaps take seven columns.
  const indent = ' '.repeat(7 + Math.max(...titles.map(textWidth)))
  return steps.flatMap((step, index) => {
    const [first = '', ...rest] = wrap(findingText(t, step, hasAccount), lineWidth() - indent.length)
    return [`  ${(names[index] ?? '').replace(/·$/, '')}${first}`, ...rest.map((line) => `${indent}${line}`)]
  })
}
