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
const html = 'text/html; charset=utf-8'

/** A page of one sentence. */
const pageOf = (sentence: string): string =>
  `<!DOCTYPE html><p dir="auto">${sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`

export interface AppFiles {
  /** Called at the first request, and again while it throws. */
  readonly readFiles: () => ReadonlyMap<string, PageFile>
  /** What to say in the place of the page when its files cannot be read. */
  readonly gone: () => string
  /**
   * Whether the page may change while the app runs, so that its files are read again with each page load (`npm run
   * dev`).
   */
  readonly isRebuilt: boolean
  readonly image: (link: string) => Promise<PageFile | undefined>
}

/** Serves the built page at `app://notifier/`, by exact path, and the engine's images; nothing else. */
export const serveApp = (protocol: SchemeHandling, { readFiles, isRebuilt, gone, image }: AppFiles): void => {
  let files: ReadonlyMap<string, PageFile> | undefined
  const read = (): ReadonlyMap<string, PageFile> | undefined => {
    try {
      return readFiles()
    } catch {
      return undefined
    }
  }
  protocol.handle(appScheme, async ({ url, method }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    const pathname = isOwnPage(url) ? new URL(url).pathname : ''
    const isPage = pathname === '/index.html'
    if (files === undefined || (isRebuilt && isPage)) files = read() ?? files
    if (files === undefined && isPage)
      return new Response(pageOf(gone()), { headers: { ...headers, 'content-type': html } })
    const isImage = pathname.startsWith(imagePrefix)
    const file = isImage ? await image(pathname.slice(imagePrefix.length)) : files?.get(pathname)
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
  })
}
