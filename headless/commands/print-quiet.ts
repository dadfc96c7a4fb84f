import type { QuietState } from '../../common/contract/snapshot.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import { readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'

/** Whether it is quiet, as programs read it. */
export const quietJson = ({ isQuiet, reason, until }: QuietState) => ({
  isQuiet,
  reason,
  until: until === null ? null : new Date(until).toISOString(),
})

/** Prints whether it is quiet, and until when. Gives the exit status. */
export const printQuiet = async (profile: string, json: boolean): Promise<number> => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  if (json) printJson({ quiet: quietJson(snapshot.value.quiet) })
  else print(quietLine(t, snapshot.value, Date.now()) ?? t('cli.resumed'))
  return 0
}
