import { readFileSync, statSync } from 'node:fs'
import * as path from 'node:path'
import * as v from 'valibot'
import type { Failure } from '../../common/contract/failure.ts'
import { type ProxySetting, readProxySetting } from '../../common/preferences/network-settings.ts'
import { readAddress } from '../discourse/address.ts'
import { errorReason } from '../parsing/error-code.ts'
import { decodeText, parseJson } from '../parsing/parse-json.ts'

/** What the administrator of a computer has decided for all its users. */
export interface Policy {
  /** The file that says so; null where there is none. */
  readonly file: string | null
  /** Addresses that are offered when a forum is added. */
  readonly sites: readonly string[]
  /** How forums are reached, whatever the user has set; undefined leaves it to them. */
  readonly proxy: ProxySetting | undefined
  /** Whether the program may look for newer versions of itself. */
  readonly mayUpdate: boolean
  /** What is wrong with the file: `policy_invalid` for each part, which is then left out, or `policy_ignored` for all of it. */
  readonly failures: readonly Failure[]
}

/** Without any policy. */
export const noPolicy: Policy = { file: null, sites: [], proxy: undefined, mayUpdate: true, failures: [] }

/** The policy's file, where each system keeps files that only an administrator may write. */
export const policyFile = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string => {
  if (platform === 'win32')
    return path.join(env['ProgramData'] || 'C:\\ProgramData', 'Discourse Notifier', 'policy.json')
  if (platform === 'darwin') return '/Library/Application Support/Discourse Notifier/policy.json'
  return '/etc/discourse-notifier/policy.json'
}

/** The user id of who may write it, on systems where files have owners: root. */
export const administrator = process.platform === 'win32' ? undefined : 0

/** The longest policy that is read, in bytes. */
const largestPolicy = 64_000

const address = v.pipe(
  v.string(),
  v.check((text) => readAddress(text).ok),
)

/** Each part has a schema of its own, so that a mistake in one does not affect the others. */
const parts = {
  sites: v.pipe(v.array(address), v.maxLength(100)),
  proxy: v.pipe(
    v.string(),
    v.check((text) => readProxySetting(text).ok),
  ),
  updates: v.boolean(),
} as const

/** What each part has to be. */
const forms = {
  sites: 'must be a list of at most 100 forum addresses',
  proxy: 'must be the address of a proxy, without a password, or “none”',
  updates: 'must be true or false',
} as const

/**
 * Reads the policy; without a file there is none. Where files have owners (everywhere but on Windows), a file that
 * anybody but the administrator could have written is not followed.
 * @param administrator the user id of who may have written it
 */
export const readPolicy = (file: string, administrator: number | undefined): Policy => {
  const wrong = (reason: string): Failure => ({ code: 'policy_invalid', params: { file, reason } })
  const refuse = (reason: string): Policy => {
    return { ...noPolicy, file, failures: [{ code: 'policy_ignored', params: { file, reason } }] }
  }
  let text: string
  try {
    const { uid, mode, size } = statSync(file)
    if (administrator !== undefined && (uid !== administrator || (mode & 0o022) !== 0))
      return refuse('users other than the administrator can write to it')
    if (size > largestPolicy) return refuse('it is too long')
    text = decodeText(readFileSync(file))
  } catch (error) {
    const code = errorReason(error)
    return code === 'ENOENT' || code === 'ENOTDIR' ? noPolicy : refuse(code)
  }
  const json = parseObject(text)
  if (json === undefined) return refuse('it is not a JSON object')

  const failures = Object.keys(json)
    .filter((name) => !Object.hasOwn(parts, name))
    .map((name) => wrong(`“${name.slice(0, 40)}” is not a known setting`))
  const read = <Schema extends v.GenericSchema>(name: keyof typeof parts, schema: Schema) => {
    if (json[name] === undefined) return undefined
    const parsed = v.safeParse(schema, json[name])
    if (parsed.success) return parsed.output
    failures.push(wrong(`“${name}” ${forms[name]}`))
    return undefined
  }
  const sites = read('sites', parts.sites)
  const proxy = read('proxy', parts.proxy)
  const updates = read('updates', parts.updates)
  const setting = proxy === undefined ? undefined : readProxySetting(proxy)
  return {
    file,
    sites: sites ?? [],
    proxy: setting?.ok === true ? setting.value : undefined,
    mayUpdate: updates ?? true,
    failures,
  }
}

const objectSchema = v.record(v.string(), v.unknown())

const parseObject = (text: string): Record<string, unknown> | undefined => {
  const json = parseJson(text)
  return !Array.isArray(json) && v.is(objectSchema, json) ? json : undefined
}
