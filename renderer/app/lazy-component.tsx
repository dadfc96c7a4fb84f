import { type ComponentType, use } from 'react'

/** A component whose code is not part of the first view; it needs a `Suspense` around it. */
export type LazyComponent<Props> = ComponentType<Props> & {
  /** Fetches the code, so that the component is there at once when it is wanted. */
  readonly preload: () => Promise<unknown>
}

/** Makes a component of one that is fetched when it is first rendered, or when it is asked for before. */
export const lazyComponent = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyComponent<Props> => {
  let loading: Promise<ComponentType<Props>> | undefined
  let loaded: ComponentType<Props> | undefined
  const preload = () => {
    loading ??= load().then((component) => {
      loaded = component
      return component
    })
    return loading
  }
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each module, outside of any component
  const Lazy = (props: Props) => {
    const Component = loaded ?? use(preload())
    return <Component {...props} />
  }
  return Object.assign(Lazy, { preload })
}
