import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'
import type { Dialogs } from '../surfaces/dialogs.ts'

export interface ForwardOptions {
  /** Asks the running instance. */
  readonly call: (call: ControlCall) => Promise<Result<unknown>>
  /** The address that this start was for, if any. */
  readonly url: string | undefined
  /** Whether nobody expects a dialog: at login both shells may be started. */
  readonly isUnasked: boolean
  readonly dialogs: Pick<Dialogs, 'ask' | 'inform'>
  readonly t: Translate
}

/** With an address in the answer, the page could not be opened (engine/control/answer-control.ts). */
const openedSchema = v.object({ url: v.null() })

/**
 * Forwards this start to the headless shell, which already has the profile: gives it the address that this start was
 * for, and offers to open its page, which is what the user wanted to see. Resolves when there is nothing left to do but
 * quit.
 */
export const forwardToRunningInstance = async (options: ForwardOptions): Promise<void> => {
  const { call, url, isUnasked, dialogs, t } = options
  const accepted =
    url === undefined ? ok(null) : await call({ call: 'command', name: 'attempt.accept', input: { text: url } })
  if (isUnasked && url === undefined) return
  const message = accepted.ok ? t('failure.already_running') : failureSentence(t, accepted.failure)
  const buttons = [t('running.openPage'), t('add.close')] as const
  if (!(await dialogs.ask({ message, buttons, isHarmless: true }))) return
  const opened = await call({ call: 'open' })
  // The page's address contains a token, which must not appear on a command line, so only the terminal is left.
  if (!opened.ok || !v.is(openedSchema, opened.value)) await dialogs.inform(t('running.notOpened'))
}
