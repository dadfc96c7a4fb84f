import * as v from 'valibot'
import { isDiscourseUrl } from '../../engine/discourse/parse-authorization-response.ts'
import { type StartAction, startActions } from '../command-line.ts'

// The one place where `discourse:` addresses arrive. Any web page and any program can send one, and it may hold a
// payload that is worth a key: it is passed on as text, and never parsed or logged here.

/**
 * Precedes the address in the command that we register with Windows. The system pastes the address into that command as
 * text, and a quotation mark in it can start further arguments (CVE-2018-1000006); after `--` neither Chromium nor we
 * read any option.
 */
export const urlGuard = ['--open-url', '--'] as const

/**
 * Finds the one `discourse:` address on a command line: on Windows only as the single argument after the guard,
 * elsewhere as an argument of its own, as desktop files and `xdg-open` pass it. More than one counts as none.
 * @param args the arguments without the program's name
 */
export const findUrl = (args: readonly string[], platform: NodeJS.Platform): string | undefined => {
  const [option, separator] = urlGuard
  const guard = args.indexOf(option)
  if (guard >= 0) {
    const [after, url, ...more] = args.slice(guard + 1)
    return after === separator && more.length === 0 && url !== undefined && isDiscourseUrl(url) ? url : undefined
  }
  if (platform === 'win32') return undefined
  const [url, ...more] = args.filter(isDiscourseUrl)
  return more.length === 0 ? url : undefined
}

/**
 * What a second instance tells the first through `requestSingleInstanceLock(additionalData)`: Chromium reorders and
 * adds to the arguments that `second-instance` brings (electronjs.org/docs/api/app#event-second-instance), but leaves
 * this data alone.
 */
const secondStartSchema = v.strictObject({
  url: v.nullable(v.pipe(v.string(), v.check(isDiscourseUrl))),
  isHidden: v.boolean(),
  action: v.nullable(v.picklist(startActions)),
})

export type SecondStart = v.InferOutput<typeof secondStartSchema>

/** The events of Electron's `app` that bring addresses while the program runs. */
export interface UrlEvents {
  on(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown
  on(
    event: 'second-instance',
    listener: (event: unknown, argv: string[], workingDirectory: string, additionalData: unknown) => void,
  ): unknown
}

/** Addresses on their way to the engine. */
export interface DeepLinks {
  /** Accepts an address as it arrives; drops any that does not have our scheme. */
  receive(url: string): void
  /**
   * Delivers the addresses that have been waiting, and from now on each one as it arrives; exactly once and in order.
   */
  deliverTo(deliver: (url: string) => Promise<void>): void
}

/** Nobody approves more than this while the program starts, but a web page may send any number. */
const mostWaiting = 8

export const createDeepLinks = (): DeepLinks => {
  let waiting: readonly string[] = []
  let hand: ((url: string) => void) | undefined
  return {
    receive: (url) => {
      if (!isDiscourseUrl(url)) return
      if (hand !== undefined) hand(url)
      else if (waiting.length < mostWaiting) waiting = [...waiting, url]
    },
    deliverTo: (deliver) => {
      let queue: Promise<void> = Promise.resolve()
      const toEngine = (url: string): void => {
        queue = queue.then(() => deliver(url)).catch(() => undefined)
      }
      hand = toEngine
      const early = waiting
      waiting = []
      early.forEach(toEngine)
    },
  }
}

/**
 * Listens for addresses from the system while the program runs. Must be called before anything is awaited: macOS sends
 * `open-url` before `ready` when it starts the program for an address
 * (electronjs.org/docs/api/app#event-open-url-macos).
 * @param wake called for a second start without an address: the user wants to see the window, or asks for an action
 */
export const listenForUrls = (app: UrlEvents, links: DeepLinks, wake: (action: StartAction | null) => void): void => {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    links.receive(url)
  })
  app.on('second-instance', (_event, _argv, _workingDirectory, additionalData) => {
    const second = v.safeParse(secondStartSchema, additionalData)
    if (!second.success) return wake(null)
    const { url, isHidden, action } = second.output
    if (url !== null) links.receive(url)
    else if (action !== null || !isHidden) wake(action)
  })
}
