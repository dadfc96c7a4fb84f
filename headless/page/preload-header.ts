import type { PageFile } from '../../engine/page/page-files.ts'

/**
 * A header that names the page's script and style sheet: a browser asks for them before it has made the document to
 * parse the page in, some 5 ms earlier (HTML standard, 4.6.6.10 “Processing Link headers”; RFC 8288).
 * @param page the built page; nothing for a page that names neither
 */
export const preloadHeader = (page: PageFile | undefined): Readonly<Record<string, string>> => {
  const html = Buffer.from(page?.body ?? '').toString()
  const script = /<script [^>]*src="([^"]+)"/.exec(html)?.[1]
  const style = /<link rel="stylesheet"[^>]* href="([^"]+)"/.exec(html)?.[1]
  const named = [
    ...(script === undefined ? [] : [`<${script}>; rel=preload; as=script`]),
    // As Vite has it in the page: otherwise the browser would fetch it twice.
    ...(style === undefined ? [] : [`<${style}>; rel=preload; as=style; crossorigin`]),
  ]
  return named.length === 0 ? {} : { link: named.join(', ') }
}
