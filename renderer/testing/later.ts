/** A promise that a test keeps when it likes. */
export const later = <T>(): { readonly promise: Promise<T>; readonly keep: (value: T) => void } => {
  let keep: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    keep = resolve
  })
  return { promise, keep: (value) => keep(value) }
}
