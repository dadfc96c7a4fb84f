import { oneLine, type Style, styled, textWidth, truncate } from './terminal.ts'

/** A column of a table at the terminal. */
export interface Column {
  readonly cells: readonly string[]
  /** How narrow it may become before a column is left out. Never narrower than its cells when absent. */
  readonly least?: number
  /** Columns are left out in this order if the terminal is narrow, the highest first; never when absent. */
  readonly leftOut?: number
  /** By the row. */
  readonly style?: (row: number) => Style | undefined
}

const gap = 2

/**
 * Lines of a table that fits into this many columns: first cells that may be truncated are, then whole columns are left
 * out.
 * @param width of the terminal; may be infinite
 */
export const alignColumns = (columns: readonly Column[], width: number, hasColor: boolean): readonly string[] => {
  const fitting = fitColumns(
    columns.map((column) => ({ ...column, cells: column.cells.map(oneLine) })),
    width,
  )
  const rows = Math.max(0, ...fitting.map(({ column }) => column.cells.length))
  return Array.from({ length: rows }, (_, row) =>
    fitting
      .map(({ column, size }, index) => {
        const cell = truncate(column.cells[row] ?? '', size)
        const style = column.style?.(row)
        const shown = style === undefined ? cell : styled(hasColor, style, cell)
        return index === fitting.length - 1 ? shown : shown + ' '.repeat(size - textWidth(cell) + gap)
      })
      .join('')
      .trimEnd(),
  )
}

interface Fitting {
  readonly column: Column
  readonly size: number
}

const fitColumns = (columns: readonly Column[], width: number): readonly Fitting[] => {
  const natural = columns.map((column) => ({ column, size: Math.max(0, ...column.cells.map(textWidth)) }))
  const excess = natural.reduce((sum, { size }) => sum + size, gap * (natural.length - 1)) - width
  if (excess <= 0) return natural
  const spare = natural.reduce((sum, { column, size }) => sum + Math.max(0, size - (column.least ?? size)), 0)
  if (spare >= excess) return shrink(natural, excess)
  const least = columns.filter(({ leftOut }) => leftOut !== undefined)
  const out = least.toSorted((a, b) => (b.leftOut ?? 0) - (a.leftOut ?? 0))[0]
  if (out !== undefined) {
    return fitColumns(
      columns.filter((column) => column !== out),
      width,
    )
  }
  return shrink(natural, excess)
}

/** Removes the excess from the widest cells that may be truncated. */
const shrink = (fitting: readonly Fitting[], excess: number): readonly Fitting[] => {
  const sizes = fitting.map(({ size }) => size)
  for (let left = excess; left > 0; left -= 1) {
    const widest = fitting
      .map(({ column }, index) => ({ index, spare: (sizes[index] ?? 0) - (column.least ?? Number.POSITIVE_INFINITY) }))
      .toSorted((a, b) => b.spare - a.spare)[0]
    if (widest === undefined || widest.spare <= 0) break
    sizes[widest.index] = (sizes[widest.index] ?? 0) - 1
  }
  return fitting.map(({ column }, index) => ({ column, size: sizes[index] ?? 0 }))
}
