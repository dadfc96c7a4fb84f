import * as v from 'valibot'
import type { Result } from '../../common/contract/failure.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance, readSnapshot, readValue } from '../instance.ts'
import { print, printFailure, printJson } from '../output.ts'
import { createFindListed } from './listed-notifications.ts'

/**
 * Opens a page of the running instance, logged in, or what a notification is about. If no browser can be started, it
 * prints the address; as JSON `{"url"}`, null when the browser has it.
 */
export const open: RunCommand = async ({ profile, json, words: [word] }) => {
  // The instance opens it, so that the file that redirects the browser is removed afterwards.
  const answer =
    word === undefined ? await askInstance(profile, { call: 'open' }) : await openNotification(profile, word)
  const opened = answer.ok ? readValue(v.object({ url: v.nullable(v.string()) }), answer.value) : answer
  if (!opened.ok) return printFailure(opened.failure, json)
  if (json) printJson(opened.value)
  else if (opened.value.url !== null) print(opened.value.url)
  return 0
}

/** Failures: those of `createFindListed`, of asking the notifier. */
const openNotification = async (profile: string, word: string): Promise<Result<unknown>> => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return snapshot
  const found = createFindListed(profile, snapshot.value.accounts)(word)
  if (!found.ok) return found
  const { account, item } = found.value
  return await askInstance(profile, { call: 'openNotification', account: account.id, notification: item.id })
}
