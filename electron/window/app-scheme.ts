import type { CustomScheme } from 'electron'
import { imagePrefix } from '../../common/contract/bridge.ts'
import type { PageFile } from '../../engine/page/page-files.ts'
import { pageHeaders } from '../../engine/page/page-headers.ts'
import { appScheme, isOwnPage } from './app-address.ts'

/**
 * To be registered before `ready` and once. Standard and secure give our pages an origin of their own, as the example in
 * electronjs.org/docs/api/protocol#protocolhandlescheme-handler has it; the CSP is not bypassed.
 */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]

/** Electron's `protocol`. */
export interface SchemeHandling {
  handle(scheme: string, handler: (request: { readonly url: string; readonly method: string }) => Response): void
}

const headers = pageHeaders('none')

/**
 * Serves the built page at `app://notifier/`, by exact path, and the engine's pictures; nothing else.
 * @param readFiles called at the first request
 */
export const serveApp = (
  protocol: SchemeHandling,
  readFiles: () => ReadonlyMap<string, PageFile>,
  image: (link: string) => PageFile | undefined,
): void => {
  let files: ReadonlyMap<string, PageFile> | undefined
  protocol.handle(appScheme, ({ url, method }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    files ??= readFiles()
    const pathname = isOwnPage(url) ? new URL(url).pathname : ''
    const isImage = pathname.startsWith(imagePrefix)
    const file = isImage ? image(pathname.slice(imagePrefix.length)) : files.get(pathname)
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
  })
}
