import { type ComponentType, use } from 'react'
import { addEnglishTexts } from '../../common/i18n/i18n.ts'

/** Code that is not part of the first view. */
export interface Preloadable {
  /** Loads the code ahead of time, so that the component appears at once. Rejects when it cannot be loaded now. */
  readonly preload: () => Promise<unknown>
  readonly isLoaded: () => boolean
}

/** A component whose code is not part of the first view; it needs a `Suspense` and an `ErrorBoundary` around it. */
export type LazyComponent<Props> = ComponentType<Props> & Preloadable

/**
 * Resets the rejections that a render has seen. React renders a failed component once more, and must see the same
 * rejection then.
 */
const failedLoads = new Set<() => void>()

/** Lets every component whose code could not be loaded load again at its next render. */
export const forgetFailedLoads = (): void => {
  for (const forget of failedLoads) forget()
  failedLoads.clear()
}

/** Lazy components use texts that the first view does without. Importing again is cheap: the browser caches modules. */
const loadLaterTexts = async (): Promise<void> =>
  addEnglishTexts((await import('../../common/i18n/later-texts.ts')).laterTexts)

/** Creates a component whose code is loaded when it is first rendered, or earlier by `preload`. */
export const lazyComponent = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyComponent<Props> => {
  let loading: Promise<ComponentType<Props>> | undefined
  let loaded: ComponentType<Props> | undefined
  let rendered: Promise<ComponentType<Props>> | undefined
  const preload = () => {
    loading ??= Promise.all([load(), loadLaterTexts()]).then(
      ([component]) => {
        loaded = component
        return component
      },
      (error: unknown) => {
        loading = undefined
        throw error
      },
    )
    return loading
  }
  const loadToRender = () => {
    rendered ??= preload().catch((error: unknown) => {
      failedLoads.add(() => {
        rendered = undefined
      })
      throw error
    })
    return rendered
  }
  // biome-ignore lint/correctness/noComponentHookFactories: created once per module, outside any component
  const Lazy = (props: Props) => {
    const Component = loaded ?? use(loadToRender())
    return <Component {...props} />
  }
  return Object.assign(Lazy, { preload, isLoaded: () => loaded !== undefined })
}
