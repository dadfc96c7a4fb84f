import type { CustomScheme } from 'electron'
import { imagePrefix } from '../../common/contract/bridge.ts'
import type { PageFile } from '../../engine/page/page-files.ts'
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
  /** Called at the first request. */
  readonly readFiles: () => ReadonlyMap<string, PageFile>
  /**
   * Whether the page may change while the app runs, so that its files are read again with each page load (`npm run
   * dev`).
   */
  readonly isRebuilt: boolean
  readonly image: (link: string) => Promise<PageFile | undefined>
}

/** Serves the built page at `app://notifier/`, by exact path, and the engine's images; nothing else. */
export const serveApp = (protocol: SchemeHandling, { readFiles, isRebuilt, image }: AppFiles): void => {
  let files: ReadonlyMap<string, PageFile> | undefined
  protocol.handle(appScheme, async ({ url, method }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    const pathname = isOwnPage(url) ? new URL(url).pathname : ''
    if (files === undefined || (isRebuilt && pathname === '/index.html')) files = readFiles()
    const isImage = pathname.startsWith(imagePrefix)
    const file = isImage ? await image(pathname.slice(imagePrefix.length)) : files.get(pathname)
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
  })
}
