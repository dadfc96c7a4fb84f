/** A number of places, each of which one may have at a time. */
export interface Places {
  /** Takes a place; returns the function that gives it back, or undefined where all are taken. */
  take(): (() => void) | undefined
}

/** @param most how many there are */
export const createPlaces = (most: number): Places => {
  let taken = 0
  return {
    take: () => {
      if (taken >= most) return undefined
      taken += 1
      let isBack = false
      return () => {
        if (!isBack) taken -= 1
        isBack = true
      }
    },
  }
}
