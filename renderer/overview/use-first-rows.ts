import { startTransition, useEffect, useState } from 'react'

/** As many as any window shows, and a little more. */
const first = 40

/** Of many rows the first ones, and all of them as soon as those are on the screen: nobody waits for what is out of sight. */
export const useFirstRows = <Row>(rows: readonly Row[]): readonly Row[] => {
  const [most, setMost] = useState(first)
  useEffect(() => startTransition(() => setMost(Number.POSITIVE_INFINITY)), [])
  return rows.length > most ? rows.slice(0, most) : rows
}
