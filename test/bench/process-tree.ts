import { readdirSync, readFileSync } from 'node:fs'

/** What a process and its descendants have used so far; those whose parent has ended are not found (proc_pid_stat(5)). */
export interface TreeFigures {
  /** CPU time, that of children that have exited included, in milliseconds. */
  readonly processor: number
  /** Proportional set size, in MB: memory that several processes share is divided among them. */
  readonly memory: number
  /** How often one of their threads has waited for something, and so has been woken. */
  readonly wakeups: number
}

/** Reads the figures of a process and all below it. */
export const processTree = (root: number): TreeFigures => {
  const pids = pidsBelow(root)
  const sum = (figure: (pid: number) => number): number => pids.reduce((total, pid) => total + figure(pid), 0)
  return {
    processor: (sum(processorTicks) * 1000) / ticksPerSecond,
    memory: sum(proportionalSize) / 1024,
    wakeups: sum(wakeups),
  }
}

const pidsBelow = (root: number): readonly number[] => {
  const parents = new Map<number, number>()
  for (const name of listIfThere('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(name))
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return pid === root || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

/** USER_HZ, the same on every Linux that runs Electron (proc_pid_stat(5), utime). */
const ticksPerSecond = 100

const processorTicks = (pid: number): number =>
  (/\) .*/.exec(readIfThere(`/proc/${pid}/stat`))?.[0] ?? '')
    .split(' ')
    .slice(12, 16)
    .reduce((total, ticks) => total + Number(ticks), 0)

const parentOf = (pid: string): number => Number(/\) \S (\d+)/.exec(readIfThere(`/proc/${pid}/stat`))?.[1] ?? 0)

/** In KB. */
const proportionalSize = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

const wakeups = (pid: number): number =>
  listIfThere(`/proc/${pid}/task`)
    .map((thread) => readIfThere(`/proc/${pid}/task/${thread}/status`))
    .reduce((total, status) => total + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0)

/** Processes may exit while they are being read. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const listIfThere = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
