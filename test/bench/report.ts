import * as os from 'node:os'

/** Prints rows in columns, the first of them left-aligned; the first row is the head. */
export const printTable = (rows: readonly (readonly string[])[]): void => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
}

/** The value that the given share (0 to 1) of all values does not exceed; undefined for none. */
export const percentile = (values: readonly number[], share: number): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)]

/** The machine and its current load, to print with a figure. */
export const conditions = (): string => {
  const processors = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const load = os.loadavg().map((value) => value.toFixed(2))
  return `Node ${process.versions.node}, ${os.platform()} ${os.arch()}, ${processors.length} × ${processors[0]?.model.trim()}, ${memory} GB, load ${load.join(' ')}`
}
