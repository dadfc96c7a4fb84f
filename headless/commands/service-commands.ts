import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorReason } from '../../engine/parsing/error-code.ts'
import { defaultProfile, profileName } from '../../engine/storage/profile.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { ownCommand } from '../own-command.ts'
import { unitFile } from '../service/unit-file.ts'

const notHere = fail('service_not_supported')

/** Writes a unit for the user's systemd that runs the notifier on this profile, and starts it. */
export const installService: RunCommand = async ({ profile, json, options }) => {
  if (process.platform !== 'linux') return printFailure(notHere.failure, json)
  const name = unitName(profile)
  // The desktop app's program draws nothing as a service; Chromium's sandbox could not be set up under the unit's
  // restrictions.
  const switches = process.versions['electron'] === undefined ? [] : ['--no-sandbox']
  const command = [...ownCommand(), ...switches, 'serve', '--no-open', '--profile', profile]
  const text = unitFile({ command, name, hasNotify: isOnPath('systemd-notify') })
  if (options['print'] === true) {
    process.stdout.write(text)
    return exitStatus.ok
  }
  // Two instances cannot share a profile, and the service would end at once; an installed service is replaced.
  const running = await askInstance(profile, { call: 'snapshot' })
  if (running.ok && !existsSync(unitPath(name)))
    return printFailure({ code: 'already_running' }, json, t('cli.quitFirst'))
  const installed = await install(name, text)
  if (!installed.ok) return printFailure(installed.failure, json)
  if (json) printJson({ unit: name, file: unitPath(name) })
  else print(t('cli.serviceInstalled', { unit: name }))
  return exitStatus.ok
}

/** Ends the service and removes its unit. */
export const uninstallService: RunCommand = async ({ profile, json }) => {
  if (process.platform !== 'linux') return printFailure(notHere.failure, json)
  const name = unitName(profile)
  if (existsSync(unitPath(name))) {
    const stopped = await systemctl('disable', '--now', name)
    rmSync(unitPath(name), { force: true })
    const reloaded = stopped.ok ? await systemctl('daemon-reload') : stopped
    if (!reloaded.ok) return printFailure(reloaded.failure, json)
  }
  if (json) printJson({ unit: name })
  else print(t('cli.serviceRemoved', { unit: name }))
  return exitStatus.ok
}

/** Failure: `service_failed`; nothing is left behind then. */
const install = async (name: string, text: string): Promise<Result<null>> => {
  try {
    mkdirSync(path.dirname(unitPath(name)), { recursive: true })
    writeFileSync(unitPath(name), text)
  } catch (error) {
    return fail('service_failed', { reason: errorReason(error) })
  }
  const reloaded = await systemctl('daemon-reload')
  const enabled = reloaded.ok ? await systemctl('enable', name) : reloaded
  const started = enabled.ok ? await systemctl('restart', name) : enabled
  if (started.ok) return started
  await systemctl('disable', '--now', name)
  rmSync(unitPath(name), { force: true })
  await systemctl('daemon-reload')
  return started
}

/** The default profile's service has the plain name. */
const unitName = (profile: string): string => {
  const isDefault = path.resolve(profile) === path.resolve(defaultProfile(process.platform, process.env, homedir()))
  return `discourse-notifier${isDefault ? '' : `-${profileName(profile)}`}.service`
}

/** Where a user's own units are (systemd.unit(5), “User Unit Search Path”). */
const unitPath = (name: string): string =>
  path.join(process.env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'systemd', 'user', name)

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((folder) => folder !== '' && existsSync(path.join(folder, program)))

/** Failure: `service_failed`, with the first line of its error message. */
const systemctl = async (...args: readonly string[]): Promise<Result<null>> => {
  try {
    await promisify(execFile)('systemctl', ['--user', ...args])
    return ok(null)
  } catch (error) {
    const { stderr } = error instanceof Error && 'stderr' in error ? error : { stderr: '' }
    const reason = String(stderr).split('\n')[0]?.trim() || errorReason(error)
    return fail('service_failed', { reason })
  }
}
