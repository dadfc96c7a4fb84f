import { spawn } from 'node:child_process'

/**
 * Tells the service manager that started this process that it is ready (sd_notify(3)). Node opens no datagram sockets
 * in the file system, so systemd's own program for shell scripts sends it; `install-service` requires it only where
 * that is installed.
 */
export const notifyReady = (environment: NodeJS.ProcessEnv): void => {
  if (environment['NOTIFY_SOCKET'] === undefined) return
  const child = spawn('systemd-notify', ['--ready'], { env: { ...environment }, stdio: 'ignore' })
  child.once('error', ({ message }) => process.stderr.write(`systemd-notify: ${message}\n`))
  // Programs that are started later must not notify it.
  delete environment['NOTIFY_SOCKET']
}
