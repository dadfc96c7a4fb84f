import * as path from 'node:path'
import { createServer } from 'vite'

const configFile = path.join(import.meta.dirname, '..', '..', 'vite.config.ts')
/** The paths that the shell serves, not vite (common/contract/bridge.ts). */
const shellPaths = '^/(api|open|open-signed-in|image)/'

/**
 * Serves the page from its sources, with reload, and proxies its requests to the headless shell. The shell accepts only
 * its own origin, so the proxy sends that one.
 * @param {URL} shell the address that the shell has printed, with its token in the fragment
 * @param {number} port on the loopback interface; 0 for any that is free
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` has the shell's fragment
 * @throws when the port is taken
 */
export const servePage = async (shell, port) => {
  const toShell = { target: shell.origin, changeOrigin: true, headers: { origin: shell.origin } }
  const server = await createServer({
    configFile,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port, strictPort: true, proxy: { [shellPaths]: toShell } },
  })
  await server.listen()
  const [origin = ''] = server.resolvedUrls?.local ?? []
  return { url: `${origin}${shell.hash}`, close: () => server.close() }
}
