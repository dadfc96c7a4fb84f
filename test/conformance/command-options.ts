import { parseArgs } from 'node:util'
import { parseUrl } from '../../common/contract/parse-url.ts'
import type { Need } from './scenario.ts'
import type { Target } from './site.ts'
import { type Version, versions } from './version.ts'

/** What the command line asks for; `mistake` is one sentence for the person who typed it. */
export type CommandLine =
  | { readonly kind: 'check'; readonly target: Target; readonly declared: readonly Need[] }
  | { readonly kind: 'check-simulated' }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly sentence: string }

const CAPABILITIES: readonly Need[] = ['control', 'limits']

export const usage = `Usage: npm run conformance [-- <url> [OPTIONS]]

Checks a forum against what Discourse's own specifications say about User API keys: the one at this
address, or without one the simulated forum in all its versions.

  --profile <name>               its version: ${versions.join(', ')} (default latest)
  --user <name:password>         a member; twice for the scenarios of two members
  --capability <name,...>        control: it is a simulated forum with its control interface
                                 limits: use up limits that hold for this address for a while
  --help                         this text

The members' keys for "Conformance check" stay on the forum; revoke them under Preferences, Security.
`

/** Reads the arguments after the script's name. Never throws. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const parsed = parse(args)
  if (typeof parsed === 'string') return mistake(parsed)
  const { values, positionals } = parsed
  if (values.help === true) return { kind: 'help' }
  const [address, ...more] = positionals
  if (address === undefined) {
    const given = Object.keys(values).filter((name) => name !== 'help')
    return given.length === 0 ? { kind: 'check-simulated' } : mistake(`--${given[0]} needs the address of a forum.`)
  }
  if (more.length > 0) return mistake('Give one address only.')
  const url = parseUrl(address)
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return mistake('The address must look like https://forum.example.')
  }

  const profile = versions.find((name) => name === (values.profile ?? 'latest'))
  if (profile === undefined) return mistake(`--profile must be one of ${versions.join(', ')}.`)
  const users = (values.user ?? []).map((text) => {
    const colon = text.indexOf(':')
    return { username: text.slice(0, Math.max(0, colon)), password: text.slice(colon + 1) }
  })
  if (users.some(({ username, password }) => username === '' || password === '')) {
    return mistake('--user must look like name:password.')
  }
  const named = (values.capability ?? []).flatMap((list) => list.split(','))
  const declared = CAPABILITIES.filter((capability) => named.includes(capability))
  const unknown = named.find((name) => !CAPABILITIES.some((capability) => capability === name))
  if (unknown !== undefined) return mistake(`--capability knows ${CAPABILITIES.join(' and ')}, not ${unknown}.`)
  return { kind: 'check', target: targetAt(url, profile, users, declared), declared }
}

function targetAt(url: URL, profile: Version, users: Target['users'], declared: readonly Need[]): Target {
  const base = `${url.origin}${url.pathname}`.replace(/\/$/, '')
  return { url: base, profile, users, control: declared.includes('control') }
}

interface Parsed {
  readonly values: {
    readonly profile?: string | undefined
    readonly user?: readonly string[] | undefined
    readonly capability?: readonly string[] | undefined
    readonly help?: boolean | undefined
  }
  readonly positionals: readonly string[]
}

function parse(args: readonly string[]): Parsed | string {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        profile: { type: 'string' },
        user: { type: 'string', multiple: true },
        capability: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function mistake(sentence: string): CommandLine {
  return { kind: 'mistake', sentence }
}
