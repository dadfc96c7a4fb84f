import { startTransition, useEffect, useState } from 'react'

/** In pixels, as the style sheets say: no row or heading is lower. */
const lowest = () => 32

/**
 * Of many rows the first ones, as many as the window shows, and all of them as soon as those are on the screen: nobody
 * waits for what is out of sight.
 * @param heightOf the least height of a row in pixels; a height that is too small costs time only
 */
export const useFirstRows = <Row>(rows: readonly Row[], heightOf: (row: Row) => number = lowest): readonly Row[] => {
  const [room, setRoom] = useState(() => window.innerHeight)
  useEffect(() => startTransition(() => setRoom(Number.POSITIVE_INFINITY)), [])
  if (room === Number.POSITIVE_INFINITY) return rows
  let height = 0
  const end = rows.findIndex((row) => {
    if (height >= room) return true
    height += heightOf(row)
    return false
  })
  return end < 0 ? rows : rows.slice(0, end)
}
