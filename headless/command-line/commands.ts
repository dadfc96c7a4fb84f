import { pauseChoices } from '../../common/contract/pause-choice.ts'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import { snoozeChoices } from '../../common/contract/snooze-choice.ts'
import { kindGroups } from '../../common/glance/kind-group.ts'
import { barFormats } from '../status-bars/bar-formats.ts'
import type { CommandSpec, OptionSpec, WordSpec } from './command-spec.ts'
import { shells } from './completion.ts'

// The one table of commands; load-command.ts has what runs them. Parser, help, completion, man page and docs/command-line.md
// are made from it; the test beside it holds that none of them drifts.

/** Options that every command takes. */
export const sharedOptions: readonly OptionSpec[] = [
  {
    name: 'profile',
    value: 'DIR',
    completes: 'folders',
    summary: 'the folder for settings and state; keys are kept in the keychain',
  },
  { name: 'json', summary: 'print JSON; failures too, as {"error":{"code","message"}} on standard output' },
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    summary: 'use colours: auto (at a terminal, unless NO_COLOR is set), always, or never',
  },
  { name: 'help', short: 'h', summary: 'show help' },
  { name: 'version', summary: 'print the version' },
]

const account = {
  name: 'account',
  completes: 'accounts',
  summary: 'its title, host, user name, user@host, or id',
} as const satisfies WordSpec

/** A notification of `list`. */
const listed = {
  name: 'number',
  summary: 'a notification: its number in the last list, or its id in the JSON',
} as const satisfies WordSpec

const forumOption = {
  name: 'forum',
  value: 'ACCOUNT',
  completes: 'accounts',
  summary: 'only this account: its title, host, user name or user@host',
} as const satisfies OptionSpec

export const commands = [
  {
    name: 'serve',
    summary: 'run the notifier; print “ready” and the address of its page',
    words: [],
    options: [
      { name: 'port', value: 'N', summary: 'port of the page on the loopback interface (default: any free port)' },
      { name: 'no-open', summary: 'do not open the page in the browser' },
      { name: 'session-secrets', summary: 'without a keychain, keep keys in memory until the notifier quits' },
      { name: 'no-keychain', summary: 'use no keychain; keep keys in memory until the notifier quits' },
      { name: 'interval', value: 'SECONDS', summary: 'time between checks without live updates (default: 60)' },
      { name: 'proxy', value: 'URL', summary: 'use this proxy instead of the one in the settings, or “none”' },
      {
        name: 'ca',
        value: 'FILE',
        completes: 'files',
        summary: 'also trust the certificate authorities in this PEM file',
      },
      { name: 'no-notifications', summary: 'show no notifications; each alert is still printed as a line' },
    ],
    example: 'serve --port 4711 --no-open',
  },
  {
    name: 'open',
    summary: 'open the page of the running notifier, or a notification, in the browser',
    words: [{ ...listed, isOptional: true }],
    options: [],
    example: 'open 1',
  },
  {
    name: 'status',
    summary: 'show every account with its counts',
    words: [],
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        suggests: barFormats,
        summary: `output for a status bar: ${barFormats.join(', ')}, or a template such as {unread}`,
      },
      { name: 'watch', summary: 'keep running; print a line for each change, even after a restart' },
    ],
    example: 'status --format waybar --watch',
  },
  {
    name: 'list',
    summary: 'list the newest notifications, numbered for open, read, mute and snooze',
    words: [
      {
        name: 'search',
        isOptional: true,
        isRepeated: true,
        summary: 'show only notifications that contain all of these words',
      },
    ],
    options: [
      { name: 'unread', summary: 'show only unread notifications' },
      { name: 'snoozed', summary: 'show only snoozed notifications, otherwise left out' },
      forumOption,
      { name: 'kind', value: 'KIND', choices: kindGroups, summary: `show only one kind: ${kindGroups.join(', ')}` },
      { name: 'limit', value: 'N', summary: 'show at most this many, 1 to 10000 (default: 30)' },
      { name: 'ndjson', summary: 'print one JSON object per line' },
    ],
    example: 'list --unread --kind mentions',
  },
  {
    name: 'read',
    summary: 'mark notifications as read on the forum',
    words: [{ ...listed, isOptional: true, isRepeated: true }],
    options: [forumOption, { name: 'all', summary: 'mark everything on every forum, listed or not' }],
    example: 'read 1 2',
  },
  {
    name: 'mute',
    summary: 'stop alerts about a notification’s topic',
    words: [{ ...listed, isRepeated: true }],
    options: [{ name: 'undo', summary: 'alert about it again' }],
    example: 'mute 3',
  },
  {
    name: 'snooze',
    summary: 'hide a notification for now; it comes back as new',
    words: [
      listed,
      {
        name: 'time',
        isOptional: true,
        choices: snoozeChoices,
        summary: `${snoozeChoices.join(', ')}: in three hours (default), tomorrow morning, next Monday morning`,
      },
    ],
    options: [{ name: 'undo', summary: 'bring it back now' }],
    example: 'snooze 2 tomorrow',
  },
  {
    name: 'watch',
    summary: 'print each alert as it comes, one per line, even after a restart',
    words: [],
    options: [
      {
        name: 'exec',
        value: 'COMMAND',
        summary: 'run this shell command for each alert, which it gets as JSON on standard input',
      },
    ],
    example: 'watch --json',
  },
  {
    name: 'accounts',
    summary: 'print the name of every account, one per line',
    words: [],
    options: [],
    example: 'accounts',
  },
  {
    name: 'add',
    summary: 'start adding a forum; print the address of the page where you approve it',
    words: [{ name: 'address', summary: 'the address of the forum, or of any of its pages' }],
    options: [
      {
        name: 'method',
        value: 'METHOD',
        choices: signInMethodSchema.options,
        summary: 'how the forum’s code gets back here (default: the best one the forum supports)',
      },
      { name: 'wait', summary: 'open the page, wait for your approval, and print the account' },
    ],
    example: 'add meta.discourse.org --wait',
  },
  {
    name: 'accept',
    summary: 'finish adding a forum with the code that it shows once you approve',
    words: [{ name: 'code', summary: 'the code or discourse:// address, or - to read it from standard input' }],
    options: [{ name: 'start', summary: 'start the notifier first if it is not running' }],
    example: 'accept -',
  },
  {
    name: 'refresh',
    summary: 'check the forums now and show the counts',
    words: [{ ...account, isOptional: true }],
    options: [],
    example: 'refresh eve@meta.discourse.org',
  },
  {
    name: 'pause',
    summary: 'pause alerts',
    words: [
      {
        name: 'time',
        isOptional: true,
        suggests: [...pauseChoices, 'until'],
        summary: `${pauseChoices.join(', ')}, or a duration such as 2h or 1h30m (default: 1h); open lasts until resume`,
      },
      { name: 'clock', isOptional: true, summary: 'after “until”: a time of day such as 14:00' },
    ],
    options: [],
    example: 'pause until 14:00',
  },
  {
    name: 'resume',
    summary: 'end a pause',
    words: [],
    options: [],
    example: 'resume',
  },
  {
    name: 'move',
    summary: 'move an account to its forum’s new address',
    words: [account, { name: 'host', summary: 'where the forum is now, as status names it' }],
    options: [],
    example: 'move eve@old.example.org new.example.org',
  },
  {
    name: 'revoke',
    summary: 'revoke the access on the forum, then remove the account here',
    words: [account],
    options: [
      { name: 'here-only', summary: 'only remove the account here; the access stays valid' },
      { name: 'yes', short: 'y', summary: 'do not ask for confirmation' },
    ],
    example: 'revoke eve@meta.discourse.org',
  },
  {
    name: 'doctor',
    summary: 'test the connection to one forum, or to all of yours, step by step',
    words: [
      { name: 'forum', isOptional: true, completes: 'accounts', summary: 'an account, or the address of any forum' },
    ],
    options: [],
    example: 'doctor meta.discourse.org',
  },
  {
    name: 'test-notification',
    summary: 'show a test notification, or say why none can be shown',
    words: [],
    options: [],
    example: 'test-notification',
  },
  {
    name: 'quit',
    summary: 'quit the running notifier',
    words: [],
    options: [],
    example: 'quit',
  },
  {
    name: 'register-handler',
    summary: 'open discourse: links with the notifier of this profile (Linux)',
    words: [],
    options: [],
    example: 'register-handler',
  },
  {
    name: 'unregister-handler',
    summary: 'undo register-handler',
    words: [],
    options: [],
    example: 'unregister-handler',
  },
  {
    name: 'install-service',
    summary: 'run the notifier as a systemd user service, now and at every login (Linux)',
    words: [],
    options: [{ name: 'print', summary: 'print the unit file without installing it' }],
    example: 'install-service',
  },
  {
    name: 'uninstall-service',
    summary: 'stop and remove the service; accounts and settings stay',
    words: [],
    options: [],
    example: 'uninstall-service',
  },
  {
    name: 'completion',
    summary: 'print a completion script for your shell',
    words: [{ name: 'shell', choices: shells, summary: shells.join(', ') }],
    options: [],
    example: 'completion bash',
  },
  {
    name: 'man',
    summary: 'print the manual page, to be shown with “man -l -”',
    words: [],
    options: [],
    example: 'man | man -l -',
  },
] as const satisfies readonly CommandSpec[]

export type CliCommandName = (typeof commands)[number]['name']
