import type { Place } from '../../common/preferences/rearrange.ts'

/** Something in the list that accounts are dragged over, with its edges in pixels below the list's own. */
export interface ListEntry {
  readonly kind: 'account' | 'group' | 'note'
  /** Of the account or the group. */
  readonly id: string
  readonly top: number
  readonly bottom: number
}

/** Where an account would go, and where the line that says so stands. */
export interface DropTarget {
  readonly place: Place
  readonly line: number
}

/**
 * The place nearest to a pointer: above an account, or at the end of a group or of the accounts without one.
 * @param entries from top to bottom; what follows a group's heading is in that group
 */
export const dropTarget = (y: number, entries: readonly ListEntry[]): DropTarget => {
  let nearest: DropTarget | undefined
  let group: string | null = null
  let end = 0
  const offer = (before: string | null, line: number): void => {
    if (nearest === undefined || Math.abs(line - y) < Math.abs(nearest.line - y)) {
      nearest = { place: { group, before }, line }
    }
  }
  for (const entry of entries) {
    if (entry.kind === 'account') offer(entry.id, entry.top)
    if (entry.kind === 'group') {
      offer(null, end)
      group = entry.id
    }
    end = entry.bottom
  }
  offer(null, end)
  return nearest ?? { place: { group, before: null }, line: end }
}
