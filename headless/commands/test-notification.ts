import { notificationFailure, notificationOutcomeSchema } from '../../common/contract/notification-outcome.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'

/** Has the running notifier show a notification, and says what became of it. */
export const testNotification: RunCommand = async ({ profile, json }) => {
  const answer = await askInstance(profile, { call: 'command', name: 'alert.test', input: {} })
  const outcome = answer.ok ? readValue(notificationOutcomeSchema, answer.value) : answer
  if (!outcome.ok) return printFailure(outcome.failure, json)
  const failure = notificationFailure(outcome.value)
  if (failure !== undefined) return printFailure(failure, json)
  if (json) printJson(outcome.value)
  else print(t('cli.testShown'))
  return 0
}
