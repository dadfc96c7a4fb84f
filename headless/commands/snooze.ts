import * as v from 'valibot'
import { snoozeChoices } from '../../common/contract/snooze-choice.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { clockText } from '../../common/i18n/time-text.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { oneLine } from '../command-line/terminal.ts'
import { askInstance, readSnapshot, readValue } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { createFindListed, listedId, snoozedUntil } from './listed-notifications.ts'

const snoozedSchema = v.object({ until: v.number() })

/** Puts a notification off until later, or brings it back with `--undo`. */
export const snooze: RunCommand = async ({ profile, json, words: [word = '', time], options }) => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const found = createFindListed(profile, snapshot.value.accounts)(word)
  if (!found.ok) return printFailure(found.failure, json)
  const { account, item } = found.value
  const input = { account: account.id, notification: item.id }
  const what = oneLine(notificationText(t, item))
  if (options['undo'] === true) {
    // One that is not snoozed is back already.
    if (snoozedUntil(found.value) !== undefined) {
      const answer = await askInstance(profile, { call: 'command', name: 'notification.unsnooze', input })
      if (!answer.ok) return printFailure(answer.failure, json)
    }
    if (json) printJson({ unsnoozed: listedId(found.value) })
    else print(t('cli.unsnoozed', { what }))
    return exitStatus.ok
  }
  const choice = snoozeChoices.find((one) => one === time) ?? 'later'
  const name = 'notification.snooze'
  const answer = await askInstance(profile, { call: 'command', name, input: { ...input, for: choice } })
  const snoozed = answer.ok ? readValue(snoozedSchema, answer.value) : answer
  if (!snoozed.ok) return printFailure(snoozed.failure, json)
  const { until } = snoozed.value
  if (json) printJson({ snoozed: listedId(found.value), until: new Date(until).toISOString() })
  else {
    const when = t('home.snoozedUntil', { time: clockText(t, until, Date.now()) })
    print(t('units.named', { name: when, what }))
  }
  return exitStatus.ok
}
