import * as os from 'node:os'

/** The machine and how busy it is at the moment, for beside a figure. */
export const conditions = (): string => {
  const processors = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const load = os.loadavg().map((value) => value.toFixed(2))
  return `Node ${process.versions.node}, ${os.platform()} ${os.arch()}, ${processors.length} × ${processors[0]?.model.trim()}, ${memory} GB, load ${load.join(' ')}`
}
