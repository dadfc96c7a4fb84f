import * as v from 'valibot'

/** Where the user is in the list of notifications. */
export interface Place {
  /** Identifies the filter that chose the entries. */
  readonly shown: string
  /** The key of the entry that the user has chosen, and its place in the list; null while none is. */
  readonly chosen: { readonly key: string; readonly place: number } | null
  /** The key of the first entry in sight; null at the top of the list, where news is seen as it arrives. */
  readonly top: string | null
}

const placeSchema = v.object({
  shown: v.string(),
  chosen: v.nullable(v.object({ key: v.string(), place: v.number() })),
  top: v.nullable(v.string()),
})

/**
 * The place that was kept with the present step of the browser's history, so that Back, Forward, a reload and a window that
 * was narrow for a while lead to the same row; null where there is none among the entries of this filter.
 */
export const keptPlace = (shown: string): Place | null => {
  const read = v.safeParse(placeSchema, window.history.state)
  return read.success && read.output.shown === shown ? read.output : null
}

/** Keeps a place with the present step of the browser's history. */
export const keepPlace = (place: Place): void => {
  try {
    window.history.replaceState(place, '')
  } catch {
    // Safari refuses more than a hundred in half a minute: the place before is good enough.
  }
}
