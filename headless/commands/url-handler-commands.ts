import { fail } from '../../common/contract/failure.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { urlReceiver } from '../desktop/url-receiver.ts'
import { print, printFailure, printJson, t } from '../output.ts'

const notHere = fail('handler_not_supported')

/** Registers the running instance for `discourse:` links (Linux). */
export const registerHandler: RunCommand = async ({ profile, json }) => {
  const registered = (await urlReceiver(profile)?.register()) ?? notHere
  if (!registered.ok) return printFailure(registered.failure, json)
  if (json) printJson({ registered: profile })
  else print(t('cli.registered', { profile }))
  return 0
}

/** Undoes `register-handler`. */
export const unregisterHandler: RunCommand = async ({ profile, json }) => {
  const unregistered = (await urlReceiver(profile)?.unregister()) ?? notHere
  if (!unregistered.ok) return printFailure(unregistered.failure, json)
  if (json) printJson({ unregistered: profile })
  else print(t('cli.unregistered'))
  return 0
}
