import { text as readAll } from 'node:stream/consumers'
import * as v from 'valibot'
import { forumName } from '../../common/glance/forum-name.ts'
import { parseAuthorizationResponse } from '../../engine/discourse/parse-authorization-response.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance, readSnapshot, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { startInstance } from '../start-instance.ts'

const acceptedSchema = v.object({ account: v.string(), outcome: v.picklist(['connected', 'opened']) })

/** Passes on the forum's answer to a sign-in. */
export const accept: RunCommand = async ({ profile, json, words, options }) => {
  const [word = ''] = words
  const text = word === '-' ? await readAll(process.stdin) : word
  const send = () => askInstance(profile, { call: 'command', name: 'attempt.accept', input: { text } })
  const first = await send()
  const isAbsent = !first.ok && first.failure.code === 'not_running' && options['start'] === true
  // Anybody may have made the link, so it starts nothing unless it looks like a forum's answer.
  const parsed = parseAuthorizationResponse(text)
  if (isAbsent && !parsed.ok) return printFailure(parsed.failure, json)
  const answer = isAbsent && (await startInstance(profile)) ? await send() : first
  const accepted = answer.ok ? readValue(acceptedSchema, answer.value) : answer
  if (!accepted.ok) return printFailure(accepted.failure, json)
  if (json) {
    printJson(accepted.value)
    return 0
  }
  const snapshot = await readSnapshot(profile)
  const account = snapshot.ok ? snapshot.value.accounts.find(({ id }) => id === accepted.value.account) : undefined
  const key = accepted.value.outcome === 'opened' ? 'cli.opened' : 'add.done'
  if (account)
    print(
      t(key, {
        title: forumName(t, account.site, snapshot.ok ? snapshot.value.accounts : []),
        username: account.username,
      }),
    )
  return 0
}
