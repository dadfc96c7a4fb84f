import { parseArgs } from 'node:util'
import { type ProfileName, profileNames } from './profiles.ts'
import type { NewUser } from './user-store.ts'

export interface CommandOptions {
  readonly profile: ProfileName
  readonly host: string
  readonly port: number
  readonly path: string
  readonly title: string
  readonly users: readonly Required<Pick<NewUser, 'username' | 'password'>>[]
}

/** What the command line asks for; `mistake` is one sentence for the person who typed it. */
export type CommandLine =
  | { readonly kind: 'start'; readonly options: CommandOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly sentence: string }

export const usage = `Usage: npm run forum [-- OPTIONS]

A simulated Discourse forum, for tests and demonstrations.

  --profile <name>          the version to play: ${profileNames.join(', ')} (default 3.4)
  --port <number>           default 4300; 0 takes a free one
  --host <address>          default 127.0.0.1
  --path <folder>           where the forum lives below the origin, such as /forum
  --title <text>            the site's title
  --user <name:password>    a member; may be repeated (default eve and alice, password "password")
  --help                    this text
`

const DEFAULT_USERS = ['eve:password', 'alice:password']

/** Reads the arguments after the script's name. Never throws. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args)
  if (typeof values === 'string') return { kind: 'mistake', sentence: values }
  if (values.help === true) return { kind: 'help' }

  const profile = profileNames.find((name) => name === values.profile)
  if (profile === undefined) return mistake(`--profile must be one of ${profileNames.join(', ')}.`)
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) return mistake('--port must be a number from 0 to 65535.')
  const path = values.path.replace(/\/$/, '')
  if (!/^(\/[\w.-]+)*$/.test(path)) return mistake('--path must begin with a slash, as in /forum.')
  if (values.host === '') return mistake('--host must not be empty.')

  const users = (values.user ?? DEFAULT_USERS).map((text) => {
    const colon = text.indexOf(':')
    return { username: text.slice(0, Math.max(0, colon)), password: text.slice(colon + 1) }
  })
  if (users.some(({ username, password }) => !/^[\w.-]+$/.test(username) || password === '')) {
    return mistake('--user must look like name:password, the name of letters, digits and _.- only.')
  }
  if (new Set(users.map(({ username }) => username.toLowerCase())).size < users.length) {
    return mistake('--user names the same member twice.')
  }
  return { kind: 'start', options: { profile, host: values.host, port, path, title: values.title, users } }
}

interface Values {
  readonly profile: string
  readonly port: string
  readonly host: string
  readonly path: string
  readonly title: string
  readonly user?: readonly string[] | undefined
  readonly help?: boolean | undefined
}

function parse(args: readonly string[]): Values | string {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        profile: { type: 'string', default: '3.4' },
        port: { type: 'string', default: '4300' },
        host: { type: 'string', default: '127.0.0.1' },
        path: { type: 'string', default: '' },
        title: { type: 'string', default: 'Simulated Forum' },
        user: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function mistake(sentence: string): CommandLine {
  return { kind: 'mistake', sentence }
}
