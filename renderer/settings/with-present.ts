/** Numbers to choose from, the present one among them, which may have been set elsewhere; the smallest first. */
export const withPresent = (defaults: readonly number[], present: number): readonly number[] =>
  [...new Set([...defaults, present])].toSorted((one, other) => one - other)
