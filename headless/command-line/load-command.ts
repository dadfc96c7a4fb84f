import type { RunCommand } from './command-spec.ts'
import type { CliCommandName } from './commands.ts'

/** Loaded when it is run, so that a short command does not wait for the code of `serve`. */
const loaders: Readonly<Record<CliCommandName, () => Promise<RunCommand>>> = {
  serve: async () => (await import('../commands/serve.ts')).serve,
  open: async () => (await import('../commands/open.ts')).open,
  list: async () => (await import('../commands/list.ts')).list,
  read: async () => (await import('../commands/read.ts')).read,
  mute: async () => (await import('../commands/mute.ts')).mute,
  snooze: async () => (await import('../commands/snooze.ts')).snooze,
  watch: async () => (await import('../commands/watch.ts')).watch,
  status: async () => (await import('../commands/status.ts')).status,
  accounts: async () => (await import('../commands/accounts.ts')).accounts,
  add: async () => (await import('../commands/add.ts')).add,
  accept: async () => (await import('../commands/accept.ts')).accept,
  refresh: async () => (await import('../commands/refresh.ts')).refresh,
  pause: async () => (await import('../commands/pause-commands.ts')).pause,
  resume: async () => (await import('../commands/pause-commands.ts')).resume,
  move: async () => (await import('../commands/move.ts')).move,
  revoke: async () => (await import('../commands/revoke.ts')).revoke,
  doctor: async () => (await import('../commands/doctor.ts')).doctor,
  'test-notification': async () => (await import('../commands/test-notification.ts')).testNotification,
  quit: async () => (await import('../commands/quit.ts')).quit,
  'register-handler': async () => (await import('../commands/url-handler-commands.ts')).registerHandler,
  'unregister-handler': async () => (await import('../commands/url-handler-commands.ts')).unregisterHandler,
  'install-service': async () => (await import('../commands/service-commands.ts')).installService,
  'uninstall-service': async () => (await import('../commands/service-commands.ts')).uninstallService,
  completion: async () => (await import('../commands/shell-integration.ts')).completion,
  man: async () => (await import('../commands/shell-integration.ts')).man,
}

export const loadCommand = (name: CliCommandName): Promise<RunCommand> => loaders[name]()
