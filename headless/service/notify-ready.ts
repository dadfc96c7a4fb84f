import { spawn } from 'node:child_process'

/**
 * Tells the service manager that started this process that it is ready (sd_notify(3)). Node cannot open Unix datagram
 * sockets, so systemd's program for shell scripts sends the message; `install-service` makes systemd wait for it only
 * where that program is installed.
 */
export const notifyReady = (environment: NodeJS.ProcessEnv): void => {
  if (environment['NOTIFY_SOCKET'] === undefined) return
  const child = spawn('systemd-notify', ['--ready'], { env: { ...environment }, stdio: 'ignore' })
  child.once('error', ({ message }) => process.stderr.write(`systemd-notify: ${message}\n`))
  // Child processes started later must not notify it.
  delete environment['NOTIFY_SOCKET']
}
