export interface UnitOptions {
  /** The program, by its whole path, and its arguments. */
  readonly command: readonly string[]
  /** The unit's own name, with `.service`. */
  readonly name: string
  /** Whether `systemd-notify` is installed, which tells systemd when the notifier is ready. */
  readonly hasNotify: boolean
}

/**
 * The environment variable that tells the running service its unit; programs that it opens are started outside that
 * unit.
 */
export const unitVariable = 'DISCOURSE_NOTIFIER_UNIT'

/**
 * The notifier as a unit of the user's systemd (systemd.service(5), systemd.exec(5)). It has only restrictions that
 * every kernel lets users set for their own programs: those on the file system need user namespaces, which many systems
 * disable, and the service would then not start at all. docs/command-line.md has a drop-in with them. Node compiles
 * code as it runs, so memory may be written and executed.
 */
export const unitFile = ({ command: [program = '', ...args], name, hasNotify }: UnitOptions): string =>
  [
    '[Unit]',
    'Description=Discourse Notifier',
    'Documentation=man:discourse-notifier(1)',
    // After five failures in two minutes it is not restarted.
    'StartLimitIntervalSec=120',
    'StartLimitBurst=5',
    '',
    '[Service]',
    ...(hasNotify ? ['Type=notify', 'NotifyAccess=all'] : ['Type=exec']),
    `ExecStart=${[quote(program), ...args.map((arg) => quote(arg).replaceAll('$', '$$$$'))].join(' ')}`,
    `Environment=${unitVariable}=${name}`,
    'Restart=on-failure',
    'RestartSec=5',
    // An invalid command line stays invalid, so restarting is pointless.
    'RestartPreventExitStatus=2',
    // Only the notifier is signalled; programs that it has opened keep running.
    'KillMode=mixed',
    'TimeoutStopSec=10',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'LockPersonality=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'RestrictNamespaces=yes',
    // The network, the session bus and the control socket; netlink for the computer's addresses.
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged',
    'KeyringMode=private',
    'SystemCallErrorNumber=EPERM',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n')

/**
 * An argument as systemd reads it (systemd.syntax(7), “Quoting”): in double quotes where it is not plain, `%` doubled.
 */
const quote = (argument: string): string => {
  const text = argument.replaceAll('%', '%%')
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
