import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { helpText as desktopHelp } from '../../electron/command-line.ts'
import { type OptionSpec, optionUsage, usageOf } from './command-spec.ts'
import { commands, sharedOptions } from './commands.ts'
import { completionScript, shells } from './completion.ts'
import { exitStatusTexts } from './exit-status.ts'
import { helpText } from './help.ts'
import { loadCommand } from './load-command.ts'
import { manPage } from './man-page.ts'
import { parseCommandLine } from './parse-command-line.ts'

// Everything that is said about commands comes from one table. These hold that it is all there, wherever it is said.

const names = commands.map(({ name }) => name)
const inTable = (text: string): string => text.replaceAll('|', '\\|')
const optionRow = (option: OptionSpec): string => `| \`${optionUsage(option)}\` | ${inTable(option.summary)} |`

/** The desktop app's options, from its own help. */
const desktopRows = [...desktopHelp.matchAll(/^(--[\w-]+(?: [A-Z]+)?) {2,}(.+)$/gm)].map(
  ([, option, text]) => `| \`${option}\` | ${text} |`,
)

const page = `# Command line

## The headless notifier

\`discourse-notifier\` (\`npx discourse-notifier\` inside a checkout, after \`npm run build\`). \`serve\` runs the notifier; the other
commands talk to the one that is running on the same profile, the desktop app as well. The desktop app's program has the same
commands, and needs no display for them: \`discourse-notifier status\`.

| command | what it does | example |
| --- | --- | --- |
${commands.map((command) => `| \`${usageOf(command)}\` | ${inTable(command.summary)} | \`${inTable(command.example)}\` |`).join('\n')}

Name an account by its title, host, user name, \`user@host\` or id, and a notification by its number in the last \`list\` or by
the \`id\` in its JSON. Only one notifier runs on a profile; a second \`serve\` prints the address of the first and exits with 0.

| global option | what it does |
| --- | --- |
${sharedOptions.map(optionRow).join('\n')}
${commands
  .filter(({ options }) => options.length > 0)
  .map(
    ({ name, options }) => `
| option of \`${name}\` | what it does |
| --- | --- |
${options.map(optionRow).join('\n')}
`,
  )
  .join('')}
### Output and exit status

Results go to standard output. A failure is one sentence on standard error; with \`--json\` it is
\`{"error":{"code","message"}}\` on standard output instead. At a terminal, tables fit its width, with colours unless \`NO_COLOR\` is set;
in a file or a pipe nothing is cut and nothing coloured.

\`serve --json\` prints \`{"ready"}\` with the address of its page, then \`{"title","body"}\` for each alert. Where a command is about
several forums or notifications, what failed stands in \`failed\`, beside what succeeded.

Sentences are in the language of your system (\`LC_ALL\`, \`LC_MESSAGES\`, \`LANG\`); help and the manual page are in English.

\`status --json\` prints \`state\` (\`unread\`, \`none\`, \`attention\` or \`paused\`), \`unread\` (what the badge counts), \`summary\` (a sentence),
\`problem\` (why no keychain answers, or null), \`accounts\`, \`quiet\`, and \`pendingSignIns\`. Each account has in \`problem\` what is wrong with
it in words, or null, and a \`state\`: \`fresh\`, \`new\` (not checked yet), \`offline\` (nothing answers: *Not reachable*), \`stale\` (*Not up to
date*), \`maintenance\`, \`limited\`, \`locked\`, \`needsSignIn\` or \`revoking\`. \`pendingSignIns\` has sign-ins that wait for your approval, each
with \`site\`, \`title\`, \`account\` (its id when you sign in again, else null), \`state\` (\`waiting\`, or \`checking\` once the forum has answered)
and \`expiresAt\`. To finish or cancel one, run \`discourse-notifier open\`.

| status | meaning |
| --- | --- |
${exitStatusTexts.map(([status, text]) => `| ${status} | ${text} |`).join('\n')}

### Completion and manual

    eval "$(discourse-notifier completion bash)"      # in ~/.bashrc
    discourse-notifier completion zsh > ~/.zfunc/_discourse-notifier      # a folder of $fpath
    discourse-notifier completion fish > ~/.config/fish/completions/discourse-notifier.fish
    discourse-notifier man | man -l -

## The desktop app

\`npm start -- OPTIONS\` in a checkout, or the installed program. On Windows a terminal may not show what \`--version\` and \`--help\`
print; \`--check\` and \`--add\` are in the menu of the app's icon there.

| option | what it does |
| --- | --- |
${desktopRows.join('\n')}

After three failures of the graphics driver within a minute the app remembers by itself to draw without it, until an update
brings another Electron (\`state/graphics.json\` in the profile; delete it to try again at once).

This page is written by a test, from the table in \`headless/command-line/commands.ts\`:

    npx vitest run headless/command-line/commands.test.ts --update
`

describe('the table of commands', () => {
  it('has each name once, and options that no shared one hides', () => {
    expect(new Set(names).size).toBe(names.length)
    for (const { options } of commands) {
      const all = [...options, ...sharedOptions].map(({ name }) => name)
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it.each(names)('%s can be run, and its example is one that the parser takes', async (name) => {
    expect(await loadCommand(name)).toBeTypeOf('function')
    const { example = '' } = commands.find((command) => command.name === name) ?? {}
    expect(parseCommandLine(example.split(' | ')[0]?.split(' ') ?? [])).toMatchObject({ kind: 'run', name })
  })

  it('is what the documentation shows', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/command-line.md')
  })

  it('is in the README, every command of it with an example', () => {
    const readme = readFileSync(path.join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
    for (const name of names) expect(readme).toContain(`\`${name}`)
  })

  it('is in the manual page, with every option', () => {
    const text = manPage('1.2.3').replaceAll('\\-', '-').replaceAll('\\\\', '\\')
    for (const command of commands) {
      expect(text).toContain(`.B ${usageOf(command)}`)
      for (const option of command.options) expect(text).toContain(`.B ${optionUsage(option)}`)
    }
    expect(text).toContain('Discourse Notifier 1.2.3')
  })

  it.each(shells)('is what %s completes, with every option', (shell) => {
    const script = completionScript(shell, commands, sharedOptions)
    for (const { name, options } of commands) {
      expect(script).toContain(name)
      for (const option of [...options, ...sharedOptions]) expect(script).toContain(option.name)
    }
  })
})

describe('help', () => {
  it.each([40, 72, 80])('fits a terminal of %d columns', (columns) => {
    // What has to be typed in one line stays in one.
    for (const command of [undefined, ...commands])
      for (const line of helpText(command, columns)
        .split('\n')
        .filter((one) => !one.includes('discourse-notifier ')))
        expect(line.length).toBeLessThanOrEqual(columns)
  })

  it.each([undefined, ...commands])('fits 80 columns and holds every name', (command) => {
    const text = helpText(command, Number.POSITIVE_INFINITY)
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const expected = command === undefined ? names : [command.name, ...command.options.map(optionUsage)]
    for (const name of expected) expect(text).toContain(name)
    for (const option of sharedOptions) expect(text).toContain(optionUsage(option))
  })
})
