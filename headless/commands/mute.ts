import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { accountPreferences } from '../../common/preferences/preferences.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { findAllListed, type Listed } from './listed-notifications.ts'

/** Mutes the topics of notifications, or unmutes them with `--undo`. */
export const mute: RunCommand = async ({ profile, json, words, options }) => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const found = findAllListed(profile, snapshot.value.accounts, words)
  if (!found.ok) return printFailure(found.failure, json)
  const isUndone = options['undo'] === true
  const topics = topicsOf(found.value)
  if (!topics.ok) return printFailure(topics.failure, json)
  for (const { account, topic } of topics.value) {
    const answer = await (isUndone ? unmute(profile, account, topic) : muteTopic(profile, account, topic))
    if (!answer.ok) return printFailure(answer.failure, json)
  }
  for (const { account, item } of json ? [] : found.value) {
    const named = { topic: item.title ?? t('notification.aTopic'), title: account.site.title }
    print(t(isUndone ? 'cli.unmuted' : 'cli.muted', named))
  }
  if (json) printJson({ [isUndone ? 'unmuted' : 'muted']: topics.value })
  return exitStatus.ok
}

interface Topic {
  readonly account: string
  readonly topic: number
}

/** Failure: `topic_missing` when one of them is about none. */
const topicsOf = (found: readonly Listed[]): Result<readonly Topic[]> => {
  const topics: Topic[] = []
  for (const { account, item } of found) {
    if (item.topic === null) return fail('topic_missing')
    topics.push({ account: account.id, topic: item.topic })
  }
  return ok(topics)
}

const muteTopic = (profile: string, account: string, topic: number): Promise<Result<unknown>> =>
  askInstance(profile, { call: 'command', name: 'topic.mute', input: { account, topic } })

/** Lists are replaced as a whole, so the present one is read first. */
const unmute = async (profile: string, account: string, topic: number): Promise<Result<unknown>> => {
  const snapshot: Result<Snapshot> = await readSnapshot(profile)
  if (!snapshot.ok) return snapshot
  const { mutedTopics } = accountPreferences(snapshot.value.preferences, account)
  const input = { accounts: { [account]: { mutedTopics: mutedTopics.filter((one) => one !== topic) } } }
  return await askInstance(profile, { call: 'command', name: 'preferences.change', input })
}
