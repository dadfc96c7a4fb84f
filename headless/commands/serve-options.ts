import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { type NetworkSettings, readProxySetting } from '../../common/preferences/network-settings.ts'
import { wholePath } from '../../engine/storage/profile.ts'
import type { CliInput } from '../command-line/command-spec.ts'
import { usageFailure } from '../command-line/usage-reason.ts'

/** What the command line asks for. */
export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly isJson: boolean
  /** Those that a notifier which is running already cannot take, as they are typed; its port is another matter. */
  readonly atStartOnly: readonly string[]
  readonly opensPage: boolean
  readonly hasNotifications: boolean
  readonly isSessionAgreed: boolean
  readonly isWithoutKeychain: boolean
  /** Milliseconds between two requests for an account's counts. */
  readonly interval: number
  /** Applies `--proxy` and `--ca` to the user's settings. */
  readonly overrideNetwork: (chosen: NetworkSettings) => NetworkSettings
}

/** A whole number given as text. */
const wholeNumber = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(least), v.maxValue(most))
const portSchema = v.optional(wholeNumber(0, 65_535), '0')
const intervalSchema = v.optional(wholeNumber(5, 3600), '60')

const atStart = ['session-secrets', 'no-keychain', 'interval', 'proxy', 'ca', 'no-notifications']

/** Failures: `usage`, those of `readProxySetting`. */
export const readServeOptions = (options: CliInput['options']): Result<ServeOptions> => {
  const port = v.safeParse(portSchema, options['port'])
  if (!port.success) return notInRange('--port', 0, 65_535)
  const interval = v.safeParse(intervalSchema, options['interval'])
  if (!interval.success) return notInRange('--interval', 5, 3600)
  const overrideNetwork = readNetwork(options)
  if (!overrideNetwork.ok) return overrideNetwork
  return ok({
    port: port.output,
    isJson: options['json'] === true,
    atStartOnly: atStart.filter((name) => options[name] !== undefined).map((name) => `--${name}`),
    opensPage: options['no-open'] !== true,
    hasNotifications: options['no-notifications'] !== true,
    isSessionAgreed: options['session-secrets'] === true,
    isWithoutKeychain: options['no-keychain'] === true,
    interval: interval.output * 1000,
    overrideNetwork: overrideNetwork.value,
  })
}

const notInRange = (option: string, least: number, most: number): Result<never> => {
  const values = { option, least: String(least), most: String(most) }
  return { ok: false, failure: usageFailure({ name: 'numberRange', values }, 'serve --help') }
}

/** `--proxy` replaces the chosen proxy; `--ca` adds an authority. Failures: those of `readProxySetting` and `wholePath`. */
const readNetwork = ({ proxy, ca }: CliInput['options']): Result<ServeOptions['overrideNetwork']> => {
  const setting = typeof proxy === 'string' ? readProxySetting(proxy) : ok(undefined)
  if (!setting.ok) return setting
  const authority = typeof ca === 'string' ? wholePath(ca) : ok(undefined)
  if (!authority.ok) return authority
  return ok((chosen) => ({
    proxy: setting.value ?? chosen.proxy,
    certificates: authority.value === undefined ? chosen.certificates : [...chosen.certificates, authority.value],
  }))
}
