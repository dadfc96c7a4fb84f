/** Numbers to choose from, including the current one, which may have been set elsewhere; smallest first. */
export const withPresent = (defaults: readonly number[], present: number): readonly number[] =>
  [...new Set([...defaults, present])].toSorted((one, other) => one - other)
