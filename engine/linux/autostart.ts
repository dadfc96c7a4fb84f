import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { fail, ok } from '../../common/contract/failure.ts'
import { errorReason } from '../parsing/error-code.ts'
import type { OpenAtLogin } from '../ports/open-at-login.ts'
import { replaceFile } from '../storage/replace-file.ts'
import { escapeString, execLine } from './exec-line.ts'

export interface AutostartOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  /** The entry's own name, without `.desktop`. */
  readonly name: string
  /** What is started: the program and its arguments. */
  readonly command: readonly string[]
}

/**
 * Starting at login on Linux desktops: an entry in the user's autostart folder (XDG Desktop Application Autostart
 * Specification 0.5). One that is there already is made to start this very program, for that may have moved; whatever else
 * its user has written into it stays.
 */
export const openAutostart = ({ environment, home, name, command }: AutostartOptions): OpenAtLogin => {
  const folder = path.join(environment['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'autostart')
  const file = path.join(folder, `${name}.desktop`)

  const read = (): string | undefined => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return undefined
    }
  }

  const write = (entry: string): ReturnType<OpenAtLogin['set']> => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      replaceFile(file, entry)
      return ok(null)
    } catch (error) {
      return failed(error)
    }
  }

  const found = read()
  // A function, because `$` means something in a replacement's text.
  const renewed = found
    ?.replace(/^Exec=.*$/m, () => execLine(command))
    .replace(/^TryExec=.*$/m, () => tryExecLine(command))
  if (renewed !== undefined && renewed !== found) write(renewed)

  return {
    isOn: () => {
      const entry = read()
      return entry !== undefined && !switchedOff.test(entry)
    },
    set: (isOn) => {
      if (isOn) return write(autostartEntry(command))
      try {
        rmSync(file, { force: true })
        return ok(null)
      } catch (error) {
        return failed(error)
      }
    },
  }
}

/** How desktops switch an entry off without deleting it; the second is GNOME's. */
const switchedOff = /^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m

const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Discourse Notifier',
    'Comment=Tells you what happens on your Discourse forums',
    tryExecLine(command),
    execLine(command),
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n')

/**
 * The program whose absence makes a desktop ignore the entry (Desktop Entry Specification 1.5): nothing else removes it
 * together with a package.
 */
const tryExecLine = ([program = '']: readonly string[]): string => `TryExec=${escapeString(program)}`

const failed = (error: unknown) => fail('login_start_failed', { reason: errorReason(error) })
