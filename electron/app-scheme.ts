import type { CustomScheme } from 'electron'
import { appScheme, isOwnPage } from './app-address.ts'
import type { AppFile } from './app-files.ts'

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

const headers: Readonly<Record<string, string>> = {
  // Electron's security checklist, point 7. The page asks nothing of any network: everything crosses the bridge.
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * Serves the built page at `app://notifier/`, by exact path and nothing else.
 * @param readFiles called at the first request
 */
export const serveApp = (protocol: SchemeHandling, readFiles: () => ReadonlyMap<string, AppFile>): void => {
  let files: ReadonlyMap<string, AppFile> | undefined
  protocol.handle(appScheme, ({ url, method }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    files ??= readFiles()
    const file = isOwnPage(url) ? files.get(new URL(url).pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
  })
}
