/** Numbers to choose from, the present one among them, which may have been set elsewhere; the smallest first. */
export const withPresent = (usual: readonly number[], present: number): readonly number[] =>
  [...new Set([...usual, present])].toSorted((one, other) => one - other)
