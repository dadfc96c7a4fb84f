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
    summary: 'where settings live; everything but the keys, which are in the keychain',
  },
  { name: 'json', summary: 'answers as JSON; failures as {"error":{"code","message"}} on standard output' },
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    summary: 'colours: at a terminal without NO_COLOR (auto), always, or never',
  },
  { name: 'help', short: 'h', summary: 'explains the command' },
  { name: 'version', summary: 'prints the version' },
]

const account = {
  name: 'account',
  completes: 'accounts',
  summary: 'by title, host, user name, user@host, or id',
} as const satisfies WordSpec

/** A notification of `list`. */
const listed = {
  name: 'number',
  summary: 'of a notification, as list printed it last, or its id in JSON',
} as const satisfies WordSpec

const forumOption = {
  name: 'forum',
  value: 'ACCOUNT',
  completes: 'accounts',
  summary: 'of one account alone, by title, host, user name or user@host',
} as const satisfies OptionSpec

export const commands = [
  {
    name: 'serve',
    summary: 'runs the notifier and prints “ready” and the address of its page',
    words: [],
    options: [
      { name: 'port', value: 'N', summary: 'the port of the page on the loopback interface (default any free one)' },
      { name: 'no-open', summary: 'does not open the page in the browser' },
      { name: 'session-secrets', summary: 'agrees that keys last until it ends, where there is no keychain' },
      { name: 'no-keychain', summary: 'uses no keychain: keys last until it ends' },
      {
        name: 'interval',
        value: 'SECONDS',
        summary: 'between two questions about an account without live updates (default 60)',
      },
      { name: 'proxy', value: 'URL', summary: 'goes before the settings; an address, or none' },
      {
        name: 'ca',
        value: 'FILE',
        completes: 'files',
        summary: 'trusts the certificate authorities of a PEM file too',
      },
      { name: 'no-notifications', summary: 'shows no notifications; a line for each alert is printed all the same' },
    ],
    example: 'serve --port 4711 --no-open',
  },
  {
    name: 'open',
    summary: 'opens the page of the running notifier, logged in, or a notification in the browser',
    words: [{ ...listed, isOptional: true }],
    options: [],
    example: 'open 1',
  },
  {
    name: 'status',
    summary: 'shows every account with its counts',
    words: [],
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        suggests: barFormats,
        summary: `for a status bar: ${barFormats.join(', ')}, or a template such as {unread}`,
      },
      { name: 'watch', summary: 'goes on: a line for each change, also after a restart' },
    ],
    example: 'status --format waybar --watch',
  },
  {
    name: 'list',
    summary: 'lists the newest notifications of all forums, with numbers for open, read, mute and snooze',
    words: [{ name: 'search', isOptional: true, isRepeated: true, summary: 'words that must all be found' }],
    options: [
      { name: 'unread', summary: 'those alone that are unread' },
      { name: 'snoozed', summary: 'those alone that are snoozed, which are not listed otherwise' },
      forumOption,
      { name: 'kind', value: 'KIND', choices: kindGroups, summary: kindGroups.join(', ') },
      { name: 'limit', value: 'N', summary: 'so many at most, from 1 to 10000 (default 30)' },
      { name: 'ndjson', summary: 'a line of JSON for each, for programs that read line by line' },
    ],
    example: 'list --unread --kind mentions',
  },
  {
    name: 'read',
    summary: 'marks notifications as read, on the forum',
    words: [{ ...listed, isOptional: true, isRepeated: true }],
    options: [forumOption, { name: 'all', summary: 'everything on every forum, also what the list does not show' }],
    example: 'read 1 2',
  },
  {
    name: 'mute',
    summary: 'no more alerts about the topic of a notification',
    words: [{ ...listed, isRepeated: true }],
    options: [{ name: 'undo', summary: 'alerts about it again' }],
    example: 'mute 3',
  },
  {
    name: 'snooze',
    summary: 'puts a notification off: it comes back as new',
    words: [
      listed,
      {
        name: 'time',
        isOptional: true,
        choices: snoozeChoices,
        summary: `${snoozeChoices.join(', ')}: in three hours (default), or in the morning`,
      },
    ],
    options: [{ name: 'undo', summary: 'brings it back now' }],
    example: 'snooze 2 tomorrow',
  },
  {
    name: 'watch',
    summary: 'prints each alert as it comes, a line each, also after a restart',
    words: [],
    options: [
      {
        name: 'exec',
        value: 'COMMAND',
        summary:
          'runs a command of the shell for each, one after the other, with the alert as JSON on its standard input',
      },
    ],
    example: 'watch --json',
  },
  {
    name: 'accounts',
    summary: 'prints the name of every account, one on each line',
    words: [],
    options: [],
    example: 'accounts',
  },
  {
    name: 'add',
    summary: 'begins to add a forum and prints the page where you approve it',
    words: [{ name: 'address', summary: 'of the forum' }],
    options: [
      {
        name: 'method',
        value: 'METHOD',
        choices: signInMethodSchema.options,
        summary: 'how the answer comes back (default the best that the forum has)',
      },
      { name: 'wait', summary: 'opens the page, waits for your approval, and says who is connected' },
    ],
    example: 'add meta.discourse.org --wait',
  },
  {
    name: 'accept',
    summary: 'takes what the forum gave back after you approved',
    words: [{ name: 'code', summary: 'the code or discourse:// address; - reads it from standard input' }],
    options: [{ name: 'start', summary: 'starts the notifier first if it is not running' }],
    example: 'accept -',
  },
  {
    name: 'refresh',
    summary: 'asks the forums for the counts now, then shows them',
    words: [{ ...account, isOptional: true }],
    options: [],
    example: 'refresh eve@meta.discourse.org',
  },
  {
    name: 'pause',
    summary: 'holds alerts back for a while',
    words: [
      {
        name: 'time',
        isOptional: true,
        suggests: [...pauseChoices, 'until'],
        summary: `${pauseChoices.join(', ')}, or a length such as 2h or 1h30m (default 1h); open is until resume`,
      },
      { name: 'clock', isOptional: true, summary: 'after until: a time of day such as 14:00' },
    ],
    options: [],
    example: 'pause until 14:00',
  },
  {
    name: 'resume',
    summary: 'ends a pause',
    words: [],
    options: [],
    example: 'resume',
  },
  {
    name: 'move',
    summary: 'takes an account along to the new address of its forum',
    words: [
      account,
      { name: 'host', summary: 'where the forum is now, as “status” names it; the key is tried there only' },
    ],
    options: [],
    example: 'move eve@old.example.org new.example.org',
  },
  {
    name: 'revoke',
    summary: 'takes the access back on the forum, then forgets the account',
    words: [account],
    options: [
      { name: 'here-only', summary: 'forgets the account without asking the forum' },
      { name: 'yes', short: 'y', summary: 'does not ask first, as it does at a terminal' },
    ],
    example: 'revoke eve@meta.discourse.org',
  },
  {
    name: 'doctor',
    summary: 'tests the way to a forum step by step, or to the forums of all accounts',
    words: [
      { name: 'forum', isOptional: true, completes: 'accounts', summary: 'an account, or the address of any forum' },
    ],
    options: [],
    example: 'doctor meta.discourse.org',
  },
  {
    name: 'test-notification',
    summary: 'shows a notification, and says why if that is not possible',
    words: [],
    options: [],
    example: 'test-notification',
  },
  {
    name: 'quit',
    summary: 'ends the running notifier',
    words: [],
    options: [],
    example: 'quit',
  },
  {
    name: 'register-handler',
    summary: 'makes discourse: links reach the notifier of this profile (Linux)',
    words: [],
    options: [],
    example: 'register-handler',
  },
  {
    name: 'unregister-handler',
    summary: 'undoes register-handler',
    words: [],
    options: [],
    example: 'unregister-handler',
  },
  {
    name: 'install-service',
    summary: 'runs the notifier as a service of your systemd, from now on and with every login (Linux)',
    words: [],
    options: [{ name: 'print', summary: 'prints the unit and installs nothing' }],
    example: 'install-service',
  },
  {
    name: 'uninstall-service',
    summary: 'ends the service and removes its unit; accounts and settings stay',
    words: [],
    options: [],
    example: 'uninstall-service',
  },
  {
    name: 'completion',
    summary: 'prints what a shell completes these commands with',
    words: [{ name: 'shell', choices: shells, summary: shells.join(', ') }],
    options: [],
    example: 'completion bash',
  },
  {
    name: 'man',
    summary: 'prints the manual page (discourse-notifier man | man -l -)',
    words: [],
    options: [],
    example: 'man | man -l -',
  },
] as const satisfies readonly CommandSpec[]

export type CliCommandName = (typeof commands)[number]['name']
