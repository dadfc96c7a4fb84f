import type { Result } from '../../common/contract/failure.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { ControlCall } from '../../engine/control/control-protocol.ts'

/**
 * The headless shell has the profile already: gives it the address that this start was for, if any.
 * @param call asks the running instance
 * @returns what to tell the user before this program ends
 */
export const forwardToRunningInstance = async (
  call: (call: ControlCall) => Promise<Result<unknown>>,
  url: string | undefined,
  t: Translate,
): Promise<string> => {
  const running = t('failure.already_running')
  if (url === undefined) return running
  const accepted = await call({ call: 'command', name: 'attempt.accept', input: { text: url } })
  return accepted.ok ? running : failureSentence(t, accepted.failure)
}
