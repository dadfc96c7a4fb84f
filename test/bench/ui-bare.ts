import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page that is nothing but a row, without scripts: what a browser takes for any page at all. */
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A row</title>
<main><ul data-account><li><a href="#row" style="display: block">alice replied to your post in “Release notes”</a></li></ul></main></html>`

/** Serves that page on loopback. */
export const serveBarePage = async (): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
