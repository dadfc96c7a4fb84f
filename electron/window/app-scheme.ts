import type { CustomScheme } from 'electron'
import { imagePrefix } from '../../common/contract/bridge.ts'
import type { FoundPageFile, PageFile } from '../../engine/page/page-files.ts'
import { pageHeaders } from '../../engine/page/page-headers.ts'
import { appScheme, isOwnPage } from './app-address.ts'

/**
 * Must be registered once, before `ready`. `standard` and `secure` give our pages an origin of their own, as in the
 * example at electronjs.org/docs/api/protocol#protocolhandlescheme-handler; the CSP is not bypassed.
 */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]

/** Electron's `protocol`. */
export interface SchemeHandling {
  handle(
    scheme: string,
    handler: (request: { readonly url: string; readonly method: string }) => Response | Promise<Response>,
  ): void
}

const headers = pageHeaders('none')

export interface AppFiles {
  /** Called at the first request. Each file is read when it is requested: all of them would take 2 MB for good. */
  readonly findFiles: () => ReadonlyMap<string, FoundPageFile>
  /**
   * Whether the page may change while the app runs, so that its files are found again with each page load (`npm run
   * dev`).
   */
  readonly isRebuilt: boolean
  readonly image: (link: string) => Promise<PageFile | undefined>
}

/** Serves the built page at `app://notifier/`, by exact path, and the engine's images; nothing else. */
export const serveApp = (protocol: SchemeHandling, { findFiles, isRebuilt, image }: AppFiles): void => {
  let files: ReadonlyMap<string, FoundPageFile> | undefined
  protocol.handle(appScheme, async ({ url, method }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    const pathname = isOwnPage(url) ? new URL(url).pathname : ''
    if (files === undefined || (isRebuilt && pathname === '/index.html')) files = findFiles()
    const isImage = pathname.startsWith(imagePrefix)
    const file = isImage ? await image(pathname.slice(imagePrefix.length)) : readFound(files.get(pathname))
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
  })
}

const readFound = (found: FoundPageFile | undefined): PageFile | undefined =>
  found && { type: found.type, body: found.read() }
