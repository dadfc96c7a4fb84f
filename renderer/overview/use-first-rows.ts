import { startTransition, useEffect, useState } from 'react'

/** In pixels, as the style sheets say: no row or heading is lower. */
const lowest = 32

/** More than the window shows. */
const inSight = () => Math.ceil(window.innerHeight / lowest)

/** Of many rows the first ones, and all of them as soon as those are on the screen: nobody waits for what is out of sight. */
export const useFirstRows = <Row>(rows: readonly Row[]): readonly Row[] => {
  const [most, setMost] = useState(inSight)
  useEffect(() => startTransition(() => setMost(Number.POSITIVE_INFINITY)), [])
  return rows.length > most ? rows.slice(0, most) : rows
}
