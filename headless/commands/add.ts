import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'

const minute = 60_000

const begunSchema = v.object({
  attempt: v.string(),
  authorizeUrl: v.string(),
  expiresAt: v.number(),
  userCode: v.nullable(v.string()),
})

/** Begins to add a forum, and tells where to approve it. */
export const add: RunCommand = async ({ profile, json, words, options }) => {
  const method = signInMethodSchema.options.find((one) => one === options['method'])
  const address = words[0] ?? ''
  const answer = await askInstance(profile, {
    call: 'begin',
    address,
    ...(method === undefined ? {} : { method }),
  })
  const begun = answer.ok ? readValue(begunSchema, answer.value) : answer
  if (!begun.ok) return printFailure(begun.failure, json)
  const { attempt, authorizeUrl, expiresAt, userCode } = begun.value
  if (json) {
    const code = userCode === null ? {} : { userCode }
    printJson({ attempt, authorizeUrl, expiresAt: new Date(expiresAt).toISOString(), ...code })
    return 0
  }
  print(t('cli.approve', { count: Math.max(1, Math.round((expiresAt - Date.now()) / minute)) }))
  print(`\n${authorizeUrl}\n`)
  print(userCode === null ? t('cli.thenAccept') : t('cli.typeCode', { code: userCode }))
  return 0
}
