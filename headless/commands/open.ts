import * as v from 'valibot'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance, readValue } from '../instance.ts'
import { print, printFailure } from '../output.ts'

/** Opens a fresh page of the running instance, which is logged in: the way back for a page that is not. */
export const open: RunCommand = async ({ profile, json }) => {
  // The instance opens it, so that the file which leads the browser there is removed afterwards.
  const answer = await askInstance(profile, { call: 'open' })
  const opened = answer.ok ? readValue(v.object({ url: v.nullable(v.string()) }), answer.value) : answer
  if (!opened.ok) return printFailure(opened.failure, json)
  if (opened.value.url !== null) print(opened.value.url)
  return 0
}
