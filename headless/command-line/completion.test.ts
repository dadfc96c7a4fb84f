import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeHome } from '../../test/rig/remove-home.ts'
import { missingPart } from '../../test/system-parts.mjs'
import { commands, sharedOptions } from './commands.ts'
import { type CompletionShell, completionScript, shells } from './completion.ts'
import { manPage } from './man-page.ts'

// In the real shells, with a program of this name that knows two accounts; and the manual page through the real man.

const missingShells = missingPart('shells')
let folder = ''
const file = (name: string): string => path.join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'completion-'))
  for (const shell of shells) writeFileSync(file(shell), completionScript(shell, commands, sharedOptions))
  writeFileSync(
    file('discourse-notifier'),
    '#!/bin/sh\n[ "$1" = accounts ] && printf "eve@meta.example\\nbob@x.example\\n"\n',
  )
  chmodSync(file('discourse-notifier'), 0o755)
})
afterAll(() => removeHome(folder))

/** What a shell prints that runs these lines. */
const run = async (program: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  await promisify(execFile)(program, [...args], {
    // A locale that every system has: in C, shells refuse a folder with letters beyond ASCII, and man warns of one that is missing.
    env: {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      HOME: folder,
      PATH: `${folder}${path.delimiter}${process.env['PATH']}`,
      TERM: 'dumb',
    },
    timeout: 60_000,
  })

const inBash = async (line: string): Promise<readonly string[]> => {
  const { stdout } = await run(
    'bash',
    ...['--norc', '-c'],
    `source "${file('bash')}"
     COMP_WORDS=(${line.replace(/ $/, " ''")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
     _discourse_notifier; printf '%s\\n' "\${COMPREPLY[@]}"`,
  )
  return stdout.split('\n').filter((word) => word !== '')
}

const inFish = async (line: string): Promise<readonly string[]> => {
  const { stdout } = await run(
    'fish',
    '--no-config',
    '-c',
    `source "${file('fish')}"; complete -C ${JSON.stringify(line)}`,
  )
  return stdout.split('\n').flatMap((row) => row.split('\t')[0] || [])
}

/** Types into an interactive zsh, a Tab behind it, and the beginning of another word. Gives what its terminal has shown. */
const inZsh = async (line: string): Promise<string> => {
  const { stdout } = await run(
    'zsh',
    ...['-f', '-c'],
    `zmodload zsh/zpty
     zpty -b shell zsh -f -i
     zpty -w shell 'PS1=ready%%; stty cols 400; autoload -Uz compinit; compinit -u -D; source "${file('zsh')}"'
     zpty -r shell out '*ready%[^%]*'
     zpty -w -n shell $'${line}\\tEND'
     zpty -r shell out '*END*'
     print -r -- "$out"`,
  )
  return stdout
}

const complete: Readonly<Record<Exclude<CompletionShell, 'zsh'>, typeof inBash>> = { bash: inBash, fish: inFish }

describe.skipIf(missingShells !== undefined)(`completion (${missingShells ?? 'bash, zsh, fish'})`, () => {
  describe.each(['bash', 'fish'] as const)('in %s', (shell) => {
    it.each([
      ['discourse-notifier pau', ['pause']],
      ['discourse-notifier pause ', ['30min', '1h', 'tomorrow', 'open', 'until']],
      ['discourse-notifier revoke e', ['eve@meta.example']],
      ['discourse-notifier --json refresh b', ['bob@x.example']],
      ['discourse-notifier completion z', ['zsh']],
      ['discourse-notifier add x --method d', ['device']],
      ['discourse-notifier doctor b', ['bob@x.example']],
      ['discourse-notifier revoke --he', ['--help', '--here-only']],
      ['discourse-notifier quit --po', []],
    ])('“%s” offers %j', async (line, expected) => {
      expect([...(await complete[shell](line))].toSorted()).toEqual([...expected].toSorted())
    })
  })

  it.each([
    ['discourse-notifier pau', 'discourse-notifier pause'],
    ['discourse-notifier revoke e', 'discourse-notifier revoke eve@meta.example'],
    ['discourse-notifier pause to', 'discourse-notifier pause tomorrow'],
    ['discourse-notifier add x --method dev', 'discourse-notifier add x --method device'],
    ['discourse-notifier revoke --here', 'discourse-notifier revoke --here-only'],
  ])('in zsh “%s” becomes “%s”', async (line, expected) => {
    expect((await inZsh(line)).split(/\s+/).join(' ')).toContain(expected)
  })
})

const missingMan = missingPart('manual')

it.skipIf(missingMan !== undefined)(
  `the manual page has nothing that man warns of (${missingMan ?? 'man'})`,
  async () => {
    writeFileSync(file('discourse-notifier.1'), manPage('1.2.3'))
    const { stdout, stderr } = await run(
      'man',
      '--warnings',
      '--encoding=UTF-8',
      '--local-file',
      file('discourse-notifier.1'),
    )
    expect(stderr).toBe('')
    expect(stdout).toContain('discourse-notifier - notifications from your Discourse forums')
    expect(stdout).toContain('--session-secrets')
  },
)
